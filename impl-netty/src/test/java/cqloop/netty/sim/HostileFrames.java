package cqloop.netty.sim;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireWriter;
import java.util.Arrays;

/** Value. What no honest server sends. */
final class HostileFrames {

  /** How many kinds of damaged results there are. */
  static final int RESULTS = 7;

  /** How many ways there are to break the framing. */
  static final int BREAKS = 5;

  private static final int ROWS = 2;
  private static final int PREPARED = 4;
  private static final int FLAG_GLOBAL_TABLE = 0x01;
  private static final int TYPE_LIST = 0x20;

  private HostileFrames() {}

  /** An intact frame whose content makes no sense: only its request may fail. */
  static Reply result(int kind) {
    WireWriter out = new WireWriter();
    switch (kind) {
      case 0 -> out.writeInt(0x7F7F7F7F);
      case 1 -> out.writeInt(ROWS).writeInt(FLAG_GLOBAL_TABLE).writeInt(Integer.MAX_VALUE);
      case 2 -> out.writeInt(ROWS).writeInt(4).writeInt(1).writeInt(500_000_000);
      case 3 -> out.writeInt(ROWS).writeInt(4).writeInt(1).writeInt(-1);
      case 4 -> out.writeInt(PREPARED).writeShortBytes(new byte[4]).writeInt(0).writeInt(-5);
      case 5 -> {
        out.writeInt(ROWS).writeInt(FLAG_GLOBAL_TABLE).writeInt(1);
        out.writeString("ks").writeString("t").writeString("v");
        for (int i = 0; i < 1000; i++) {
          out.writeShort(TYPE_LIST);
        }
      }
      default -> {
        byte[] nonsense = new byte[20];
        Arrays.fill(nonsense, (byte) 0xFF);
        out.writeRaw(nonsense);
      }
    }
    return Replies.raw(Opcode.RESULT, out.toBytes());
  }

  /** What makes all that follows on the connection worthless. */
  static void breakFraming(SimServerConnection connection, SimRequest request, int kind) {
    int version = request.version().code() | Frame.RESPONSE_BIT;
    int stream = request.streamId();
    switch (kind) {
      case 0 -> header(connection, version, stream, -1);
      case 1 -> header(connection, version, stream, Integer.MAX_VALUE);
      case 2 -> header(connection, 0x7F, stream, 0);
      case 3 -> connection.send(Replies.voidResult(), 32_000);
      default -> connection.link().toClient(new byte[64]);
    }
  }

  private static void header(
      SimServerConnection connection, int version, int stream, int bodyLength) {
    byte[] header =
        new WireWriter()
            .writeByte(version)
            .writeByte(0)
            .writeShort(stream)
            .writeByte(Opcode.RESULT.code())
            .writeInt(bodyLength)
            .toBytes();
    connection.sendRaw(header);
  }
}
