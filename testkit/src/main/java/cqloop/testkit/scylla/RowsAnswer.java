package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import org.jspecify.annotations.Nullable;

/** Value. A RESULT of kind Rows with its columns; native_protocol_v4.spec §4.2.5.2. */
final class RowsAnswer {
  private static final int KIND_ROWS = 2;
  private static final int MORE_PAGES = 0x02;
  private static final int NO_METADATA = 0x04;

  /** native_protocol_v5.spec §4.2.5.2, which ScyllaDB brings to v4 as an extension. */
  private static final int METADATA_CHANGED = 0x08;

  private final Frame frame;
  private final AnswerBlocks blocks;
  private final int flags;
  private final byte @Nullable [] pagingState;
  private final ColumnSpecs columns;
  private final byte[] rows;

  private RowsAnswer(Frame frame, AnswerBlocks blocks, WireReader in, int flags, int count) {
    this.frame = frame;
    this.blocks = blocks;
    this.flags = flags;
    this.pagingState = (flags & MORE_PAGES) == 0 ? null : in.readBytes();
    this.columns = ColumnSpecs.read(blocks.message(), in, flags, count);
    this.rows = in.readRaw(in.remaining());
  }

  /** Reads an answer; null when it has no rows, or rows without columns. */
  static @Nullable RowsAnswer of(Frame answer) {
    if (answer.opcode() != Opcode.RESULT) {
      return null;
    }
    AnswerBlocks blocks = AnswerBlocks.of(answer);
    WireReader in = new WireReader(blocks.message());
    if (in.readInt() != KIND_ROWS) {
      return null;
    }
    int flags = in.readInt();
    int count = in.readInt();
    return (flags & NO_METADATA) == 0 ? new RowsAnswer(answer, blocks, in, flags, count) : null;
  }

  ColumnSpecs columns() {
    return columns;
  }

  /** The number of rows, and the rows, as they travel. */
  WireReader rows() {
    return new WireReader(rows);
  }

  Frame withRows(byte[] others) {
    return toFrame(flags, new byte[0], columns.bytes(), others);
  }

  Frame withoutColumns() {
    return toFrame(flags & MORE_PAGES | NO_METADATA, new byte[0], new byte[0], rows);
  }

  /** The same answer, which says that the columns are others than the client thinks. */
  Frame withChangedColumns() {
    byte[] id = new WireWriter().writeShortBytes(columns.id()).toBytes();
    return toFrame(flags | METADATA_CHANGED, id, columns.bytes(), rows);
  }

  private Frame toFrame(int newFlags, byte[] changedId, byte[] described, byte[] content) {
    WireWriter out = new WireWriter().writeInt(KIND_ROWS).writeInt(newFlags);
    out.writeInt(columns.names().size());
    if (pagingState != null) {
      out.writeBytes(pagingState);
    }
    byte[] message = out.writeRaw(changedId).writeRaw(described).writeRaw(content).toBytes();
    return new AnswerBlocks(blocks.head(), blocks.payload(), message).toFrame(frame);
  }
}
