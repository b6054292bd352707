package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Value. Says {@code 3.0.8} where Cassandra says its release: drivers judge by it which system
 * tables there are.
 */
final class ReleaseVersion {
  /** What every ScyllaDB says. */
  private static final byte[] SCYLLA = "3.0.8".getBytes(StandardCharsets.US_ASCII);

  private static final String COLUMN = "release_version";

  private ReleaseVersion() {}

  /** Whether the answer to this query may tell the release of a node. */
  static boolean isAskedBy(String cql) {
    String lower = cql.toLowerCase(Locale.ROOT);
    return lower.contains("system.local") || lower.contains("system.peers");
  }

  /** The answer with the release of ScyllaDB in every row that has one. */
  static Frame replace(Frame answer) {
    RowsAnswer rows = RowsAnswer.of(answer);
    int position = rows == null ? -1 : rows.columns().names().indexOf(COLUMN);
    if (rows == null || position < 0) {
      return answer;
    }
    int columns = rows.columns().names().size();
    WireReader in = rows.rows();
    int count = in.readInt();
    WireWriter out = new WireWriter().writeInt(count);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < columns; column++) {
        byte[] cell = in.readBytes();
        out.writeBytes(column == position && cell != null ? SCYLLA : cell);
      }
    }
    return rows.withRows(out.toBytes());
  }
}
