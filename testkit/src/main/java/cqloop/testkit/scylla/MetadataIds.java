package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.RequestBody;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Value. The ids of result metadata, which v5 has and ScyllaDB brings to v4: an execution carries
 * the id of the columns that the client knows, and its answer has columns only when they are
 * others. Cassandra is asked for the columns each time.
 */
final class MetadataIds {
  private static final int SKIP_METADATA = 0x02;

  private MetadataIds() {}

  /** The verdict about an execution without ids, made one about an execution with them. */
  static Verdict adapt(Verdict verdict, RequestBody.Execute execute, boolean conditional) {
    Frame toNode = verdict.toNode();
    byte[] known = execute.resultMetadataId();
    if (toNode == null || known == null) {
      return verdict;
    }
    boolean skip = execute.parameters().skipMetadata();
    UnaryOperator<Frame> before = verdict.change();
    return Verdict.pass(
        withoutId(toNode),
        answer -> {
          Frame adapted = conditional ? answer : answer(answer, known, skip);
          return before == null ? adapted : before.apply(adapted);
        });
  }

  private static Frame answer(Frame answer, byte[] known, boolean skip) {
    RowsAnswer rows = RowsAnswer.of(answer);
    if (rows == null) {
      return answer;
    }
    if (!Arrays.equals(known, rows.columns().id())) {
      return rows.withChangedColumns();
    }
    return skip ? rows.withoutColumns() : answer;
  }

  /** The request as v4 has it: without the id, and asking for the columns. */
  private static Frame withoutId(Frame request) {
    WireReader in = new WireReader(request.body());
    WireWriter out = new WireWriter();
    if (request.hasFlag(Frame.FLAG_PAYLOAD)) {
      out.writeBytesMap(in.readBytesMap());
    }
    out.writeShortBytes(in.readShortBytes());
    in.readShortBytes();
    out.writeShort(in.readShort()).writeByte(in.readByte() & ~SKIP_METADATA);
    byte[] body = out.writeRaw(in.readRaw(in.remaining())).toBytes();
    return new Frame(
        request.versionByte(), request.flags(), request.streamId(), request.opcodeByte(), body);
  }
}
