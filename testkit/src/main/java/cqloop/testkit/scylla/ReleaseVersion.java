package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Value. Says {@code 3.0.8} where Cassandra says its release: drivers judge by it which system
 * tables there are. native_protocol_v4.spec §4.2.5.2.
 */
final class ReleaseVersion {
  /** What every ScyllaDB says. */
  private static final byte[] SCYLLA = "3.0.8".getBytes(StandardCharsets.US_ASCII);

  private static final String COLUMN = "release_version";

  private static final int KIND_ROWS = 2;
  private static final int GLOBAL_TABLE = 0x01;
  private static final int MORE_PAGES = 0x02;
  private static final int NO_METADATA = 0x04;

  // native_protocol_v4.spec §4.2.5.2, [option].
  private static final int CUSTOM = 0x00;
  private static final int LIST = 0x20;
  private static final int MAP = 0x21;
  private static final int SET = 0x22;
  private static final int UDT = 0x30;
  private static final int TUPLE = 0x31;

  private ReleaseVersion() {}

  /** Whether the answer to this query may tell the release of a node. */
  static boolean isAskedBy(String cql) {
    String lower = cql.toLowerCase(Locale.ROOT);
    return lower.contains("system.local") || lower.contains("system.peers");
  }

  /** The answer with the release of ScyllaDB in every row that has one. */
  static Frame replace(Frame answer) {
    if (answer.opcode() != Opcode.RESULT) {
      return answer;
    }
    AnswerBlocks blocks = AnswerBlocks.of(answer);
    byte[] message = blocks.message();
    WireReader in = new WireReader(message);
    if (in.readInt() != KIND_ROWS) {
      return answer;
    }
    int flags = in.readInt();
    int columns = in.readInt();
    int position = (flags & NO_METADATA) == 0 ? position(in, flags, columns) : -1;
    if (position < 0) {
      return answer;
    }
    int rows = in.readInt();
    int rowsAt = message.length - in.remaining();
    WireWriter out = new WireWriter().writeRaw(new WireReader(message).readRaw(rowsAt));
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        byte[] cell = in.readBytes();
        out.writeBytes(column == position && cell != null ? SCYLLA : cell);
      }
    }
    return new AnswerBlocks(blocks.head(), blocks.payload(), out.toBytes()).toFrame(answer);
  }

  /** Reads the columns; the place of the release among them, or -1. */
  private static int position(WireReader in, int flags, int columns) {
    if ((flags & MORE_PAGES) != 0) {
      in.readBytes();
    }
    boolean global = (flags & GLOBAL_TABLE) != 0;
    if (global) {
      in.readString();
      in.readString();
    }
    int found = -1;
    for (int column = 0; column < columns; column++) {
      if (!global) {
        in.readString();
        in.readString();
      }
      found = in.readString().equals(COLUMN) ? column : found;
      skipType(in);
    }
    return found;
  }

  private static void skipType(WireReader in) {
    switch (in.readShort()) {
      case CUSTOM -> in.readString();
      case LIST, SET -> skipType(in);
      case MAP -> {
        skipType(in);
        skipType(in);
      }
      case UDT -> {
        in.readString();
        in.readString();
        for (int left = in.readShort(); left > 0; left--) {
          in.readString();
          skipType(in);
        }
      }
      case TUPLE -> {
        for (int left = in.readShort(); left > 0; left--) {
          skipType(in);
        }
      }
      default -> {
        // The other types are a number and nothing else.
      }
    }
  }
}
