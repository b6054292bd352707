package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. A RESULT of kind Prepared; native_protocol_v4.spec §4.2.5.4. */
final class PreparedAnswer {
  private static final int KIND_PREPARED = 4;
  private static final int VERSION_4 = 4;

  private final Frame frame;
  private final AnswerBlocks blocks;
  private final String id;
  private final int flagsAt;
  private final KnownStatement statement;

  private PreparedAnswer(Frame frame, AnswerBlocks blocks, String cql) {
    this.frame = frame;
    this.blocks = blocks;
    WireReader in = new WireReader(blocks.message());
    in.readInt();
    this.id = HexFormat.of().formatHex(in.readShortBytes());
    this.flagsAt = blocks.message().length - in.remaining();
    in.readInt();
    int variables = in.readInt();
    List<Integer> partitionKey = new ArrayList<>();
    if ((frame.versionByte() & ~Frame.RESPONSE_BIT) >= VERSION_4) {
      for (int left = in.readInt(); left > 0; left--) {
        partitionKey.add(in.readShort());
      }
    }
    // Said once for all variables, or first of all for the first one: here it is the same.
    String keyspace = variables == 0 ? "" : in.readString();
    String table = variables == 0 ? "" : in.readString();
    this.statement = new KnownStatement(cql, keyspace, table, List.copyOf(partitionKey));
  }

  /** Reads an answer to PREPARE; null when it is an error. */
  static @Nullable PreparedAnswer of(Frame answer, String cql) {
    if (answer.opcode() != Opcode.RESULT) {
      return null;
    }
    AnswerBlocks blocks = AnswerBlocks.of(answer);
    return new WireReader(blocks.message()).readInt() == KIND_PREPARED
        ? new PreparedAnswer(answer, blocks, cql)
        : null;
  }

  /** The id, in hexadecimal. */
  String id() {
    return id;
  }

  KnownStatement statement() {
    return statement;
  }

  /** The same answer with bits added to the flags of the variables. */
  Frame withVariableFlags(int bits) {
    byte[] message = blocks.message().clone();
    ByteBuffer fields = ByteBuffer.wrap(message);
    fields.putInt(flagsAt, fields.getInt(flagsAt) | bits);
    return new AnswerBlocks(blocks.head(), blocks.payload(), message).toFrame(frame);
  }
}
