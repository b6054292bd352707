package cqloop.bench.stub;

import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Values;
import cqloop.bench.wire.ResultBodies;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Value. Compares the bound values of an insert with those of its key: lengths, numbers, ends of
 * the text.
 */
final class DocCheck {
  private static final int BODY_AT = 12;
  private static final int BODY_LENGTH = Values.body(0).length();
  private static final int AFTER_BODY = BODY_AT + 4 + BODY_LENGTH;
  private static final int KIND_AT = AFTER_BODY + 4;
  private static final int WEIGHT_AT = KIND_AT + 4 + 4;
  private static final int CREATED_AT = WEIGHT_AT + 8 + 4;
  private static final int REF_AT = CREATED_AT + 8 + 4;
  private static final byte[][] EXPECTED = expected();

  private DocCheck() {}

  static boolean isRight(ByteBuf bytes, int at) {
    int key = (int) bytes.getLong(at + 4) & (Statements.KEYS - 1);
    byte[] expected = EXPECTED[key & (EXPECTED.length - 1)];
    return bytes.getInt(at) == 8
        && bytes.getInt(at + BODY_AT) == BODY_LENGTH
        && bytes.getLong(at + BODY_AT + 4) == longAt(expected, BODY_AT + 4)
        && bytes.getLong(at + AFTER_BODY - 8) == longAt(expected, AFTER_BODY - 8)
        && bytes.getInt(at + KIND_AT) == Values.score(key)
        && bytes.getLong(at + WEIGHT_AT) == Double.doubleToRawLongBits(Values.ratio(key))
        && bytes.getLong(at + CREATED_AT) == Values.created(key).toEpochMilli()
        && bytes.getLong(at + REF_AT) == Values.ref(key).getMostSignificantBits()
        && bytes.getLong(at + REF_AT + 8) == Values.ref(key).getLeastSignificantBits();
  }

  private static long longAt(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getLong(at);
  }

  private static byte[][] expected() {
    byte[][] expected = new byte[64][];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = ResultBodies.docValues(i);
    }
    return expected;
  }
}
