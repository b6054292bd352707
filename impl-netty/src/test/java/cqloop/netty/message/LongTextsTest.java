package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.BatchType;
import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.ProtocolVersion;
import cqloop.error.FrameTooLarge;
import cqloop.spi.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A text that is encoded on its way out has the same bytes there as one that was encoded before.
 */
class LongTextsTest {

  private static final QueryParameters PARAMETERS = QueryParameters.of(Consistency.ONE, 0);
  private static final PreparedId ID =
      new PreparedId(new byte[] {1, 2}, null, PreparedId.Skip.NEVER);

  static Stream<String> texts() {
    Stream<String> lengths =
        IntStream.of(0, 1, 7, 8, 9, 256, 2047, 2048, 2049, 4096, 9001)
            .mapToObj(length -> "a".repeat(length));
    // What is not ASCII is first, last, at the border of two chunks, or half of a pair.
    Stream<String> others =
        Stream.of(
            "\u00e4" + "a".repeat(300),
            "a".repeat(300) + "\u00e4",
            "a".repeat(2047) + "\u00e4" + "a".repeat(10),
            "a".repeat(2048) + "\u2603" + "a".repeat(10),
            "a".repeat(2047) + "\ud83d\ude00" + "a".repeat(3000),
            "a".repeat(300) + "\ud83d",
            "\u0141".repeat(500),
            "\u0000".repeat(500),
            "\u007f".repeat(500),
            "\u0080".repeat(500));
    return Stream.concat(lengths, others);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void executeHasTheBytesOfTheTexts(String text) {
    check(
        text,
        (values, texts) ->
            new Execute() {
              @Override
              public PreparedId prepared() {
                return ID;
              }

              @Override
              public QueryParameters parameters() {
                return PARAMETERS;
              }

              @Override
              public byte[] values() {
                return values;
              }

              @Override
              public String[] longTexts() {
                return texts;
              }

              @Override
              public long timestamp() {
                return QueryParameters.NO_TIMESTAMP;
              }

              @Override
              public Envelope envelope() {
                return Envelope.PLAIN;
              }
            });
  }

  @ParameterizedTest
  @MethodSource("texts")
  void batchHasTheBytesOfTheTexts(String text) {
    check(text, LongTextsTest::batch);
  }

  @Test
  void aTextBeyondTheLimitIsRefusedBeforeItIsEncoded() {
    FrameWriter writer = new FrameWriter(allocator(), Features.of(ProtocolVersion.V4), 1000);
    Request request = batch(values("", true), new String[] {null, "a".repeat(1001), null});

    assertThatThrownBy(() -> writer.append(request, 0)).isInstanceOf(FrameTooLarge.class);
    assertThat(writer.isEmpty()).isTrue();
  }

  private static Request batch(byte[] values, String[] texts) {
    return new Batch(
        BatchType.UNLOGGED,
        List.of(BatchEntry.prepared(ID.id(), values, texts), BatchEntry.text("SELECT", null)),
        PARAMETERS,
        QueryParameters.NO_TIMESTAMP,
        Envelope.PLAIN);
  }

  private static void check(String text, BiFunction<byte[], String[], Request> request) {
    String before = written(request.apply(values(text, false), null));
    String onTheWay = written(request.apply(values(text, true), new String[] {null, text, null}));

    assertThat(onTheWay).isEqualTo(before);
  }

  /** A number, the text, and null. */
  private static byte[] values(String text, boolean late) {
    ValueWriter out = new ValueWriter(16);
    out.writeShort(3);
    out.writeInt(4);
    out.writeInt(42);
    if (late) {
      out.writeInt(BoundStatement.LONG_TEXT);
    } else {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.writeBytes(utf8);
    }
    out.writeNull();
    return out.toByteArray();
  }

  private static String written(Request request) {
    FrameWriter writer = new FrameWriter(allocator(), Features.of(ProtocolVersion.V4), 1 << 20);
    writer.append(request, 5);
    ByteBuf out = writer.take();
    try {
      return ByteBufUtil.hexDump(out);
    } finally {
      out.release();
    }
  }

  private static PooledByteBufAllocator allocator() {
    return PooledByteBufAllocator.DEFAULT;
  }
}
