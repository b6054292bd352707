package cqloop.netty.message;

import cqloop.BatchType;
import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Value. BATCH.
 *
 * @param timestamp microseconds, or {@link QueryParameters#NO_TIMESTAMP}
 */
public record Batch(
    BatchType type,
    List<BatchEntry> entries,
    QueryParameters parameters,
    long timestamp,
    Envelope envelope)
    implements Request {

  /**
   * @throws IllegalArgumentException when there are more than 65535 statements
   */
  public Batch {
    if (entries.size() > Primitives.MAX_SHORT) {
      throw new IllegalArgumentException(
          "A batch holds at most %s statements, not %s: split it"
              .formatted(Primitives.MAX_SHORT, entries.size()));
    }
  }

  @Override
  public int opcode() {
    return Opcode.BATCH;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    out.writeByte(
        switch (type) {
          case LOGGED -> 0;
          case UNLOGGED -> 1;
          case COUNTER -> 2;
        });
    out.writeShort(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      entries.get(i).encode(out, features);
    }
    parameters.encodeBatch(out, features, timestamp);
  }

  @Override
  public int sizeHint() {
    long size = 0;
    for (int i = 0; i < entries.size(); i++) {
      size += entries.get(i).sizeHint();
    }
    return (int) Math.min(size, Integer.MAX_VALUE);
  }
}
