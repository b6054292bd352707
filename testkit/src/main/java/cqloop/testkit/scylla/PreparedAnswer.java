package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. A RESULT of kind Prepared; native_protocol_v4.spec §4.2.5.4. */
final class PreparedAnswer {
  private static final int KIND_PREPARED = 4;
  private static final int VERSION_4 = 4;
  private static final int NO_METADATA = 0x04;

  private final Frame frame;
  private final AnswerBlocks blocks;
  private final byte[] id;
  private final int variableFlags;
  private final byte[] rest;
  private final KnownStatement statement;
  private final ColumnSpecs result;

  private PreparedAnswer(Frame frame, AnswerBlocks blocks, String cql) {
    this.frame = frame;
    this.blocks = blocks;
    byte[] message = blocks.message();
    WireReader in = new WireReader(message);
    in.readInt();
    this.id = in.readShortBytes();
    this.variableFlags = in.readInt();
    int restBytes = in.remaining();
    int count = in.readInt();
    List<Integer> partitionKey = new ArrayList<>();
    if ((frame.versionByte() & ~Frame.RESPONSE_BIT) >= VERSION_4) {
      for (int left = in.readInt(); left > 0; left--) {
        partitionKey.add(in.readShort());
      }
    }
    ColumnSpecs variables = ColumnSpecs.read(message, in, variableFlags, count);
    int resultFlags = in.readInt();
    int columns = in.readInt();
    boolean described = (resultFlags & NO_METADATA) == 0;
    this.result =
        described ? ColumnSpecs.read(message, in, resultFlags, columns) : ColumnSpecs.none();
    in.expectEnd("PREPARED");
    WireReader again = new WireReader(message);
    again.readRaw(message.length - restBytes);
    this.rest = again.readRaw(restBytes);
    this.statement =
        new KnownStatement(cql, variables.keyspace(), variables.table(), List.copyOf(partitionKey));
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
    return HexFormat.of().formatHex(id);
  }

  KnownStatement statement() {
    return statement;
  }

  /**
   * The same answer as ScyllaDB gives it.
   *
   * @param mark more bits for the flags of the variables
   * @param metadataId whether the id of the columns is told
   */
  Frame toFrame(int mark, boolean metadataId) {
    WireWriter out = new WireWriter().writeInt(KIND_PREPARED).writeShortBytes(id);
    if (metadataId) {
      out.writeShortBytes(result.id());
    }
    byte[] message = out.writeInt(variableFlags | mark).writeRaw(rest).toBytes();
    return new AnswerBlocks(blocks.head(), blocks.payload(), message).toFrame(frame);
  }
}
