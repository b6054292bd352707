package cqloop.netty.wire;

import static cqloop.netty.wire.Frames.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes written out from native_protocol_v5.spec, section 2, and computed by two other tools. */
class SegmentVectorsTest {

  @ParameterizedTest
  @CsvSource({"090002, a4c8c1", "ffff01, 3891fe", "0900000004, c2b895", "0500180004, 9e0838"})
  void checksumsOfHeaders(String header, String checksum) {
    ByteBuf in = bytes(header);
    int length = in.readableBytes();
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (long) in.getUnsignedByte(i) << (8 * i);
    }
    assertThat(Crc24.of(value, length)).isEqualTo(bytes(checksum).readUnsignedMediumLE());
  }

  @Test
  void headersAsTheSpecificationLaysThemOut() {
    assertThat(SegmentFormat.plainHeader(9, true))
        .isEqualTo(bytes("090002").readUnsignedMediumLE());
    assertThat(SegmentFormat.plainHeader(131071, false))
        .isEqualTo(bytes("ffff01").readUnsignedMediumLE());
    assertThat(SegmentFormat.compressedHeader(9, 0, true)).isEqualTo(0x04_0000_0009L);
    assertThat(SegmentFormat.compressedHeader(5, 12, true)).isEqualTo(0x04_0018_0005L);
  }

  @Test
  void checksumsOfPayloads() {
    Crc32 crc32 = new Crc32();
    ByteBuf options = bytes("050000000500000000");
    assertThat(crc32.of(options, 0, 0)).isEqualTo(bytes("d37e7744").readIntLE());
    assertThat(crc32.of(options, 0, 9)).isEqualTo(bytes("1086284d").readIntLE());
  }

  @Test
  void checksumIsTheSameInEveryKindOfBuffer() {
    byte[] payload = new byte[70_000];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (i * 31);
    }
    ByteBuf heap = Unpooled.wrappedBuffer(payload);
    ByteBuf direct = Unpooled.directBuffer().writeBytes(payload);
    ByteBuf composite =
        Unpooled.compositeBuffer()
            .addComponent(true, Unpooled.wrappedBuffer(payload, 0, 1000))
            .addComponent(true, Unpooled.directBuffer().writeBytes(payload, 1000, 69_000));
    Crc32 crc32 = new Crc32();
    int expected = crc32.of(heap, 3, 69_990);
    assertThat(crc32.of(direct, 3, 69_990)).isEqualTo(expected);
    assertThat(crc32.of(composite, 3, 69_990)).isEqualTo(expected);
    direct.release();
    composite.release();
  }

  @Test
  void readsAWholeSegment() {
    // OPTIONS on stream 0 of the vectors, as the READY of a server: version byte and opcode differ.
    ByteBuf out = Unpooled.buffer();
    SegmentEncoder encoder = new SegmentEncoder(null);
    encoder.open(out);
    out.writeBytes(bytes("850000000200000000"));
    encoder.add(out, 6);
    encoder.seal(out);
    FrameReader reader = new FrameReader(1024);
    reader.startSegments();
    Frames frames = new Frames();
    reader.decode(out, frames);
    assertThat(frames.seen).containsExactly("v05 f00 s0 o02  (9)");
    assertThat(out.isReadable()).isFalse();
  }

  @Test
  void writesAWholeSegment() {
    ByteBuf out = Unpooled.buffer();
    SegmentEncoder encoder = new SegmentEncoder(null);
    encoder.open(out);
    FrameEncoder frames = new FrameEncoder(5, 1024);
    int start = frames.begin(out, 0, 0, 5);
    frames.end(out, start, false);
    encoder.add(out, start);
    encoder.seal(out);
    assertThat(Frames.hex(out)).isEqualTo("090002a4c8c10500000005000000001086284d");
  }
}
