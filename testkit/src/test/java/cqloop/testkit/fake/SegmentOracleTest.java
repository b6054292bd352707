package cqloop.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Segment;
import com.datastax.oss.protocol.internal.SegmentCodec;
import com.datastax.oss.protocol.internal.util.Crc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments against the specification's numbers and the independent native-protocol library. */
class SegmentOracleTest {
  private static final HexFormat HEX = HexFormat.of();

  private static String little(long value, int bytes) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      hex.append(HEX.toHexDigits((byte) (value >>> (8 * i))));
    }
    return hex.toString();
  }

  private static long littleValue(String hex) {
    byte[] bytes = HEX.parseHex(hex);
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xFF);
    }
    return value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"090002 a4c8c1", "ffff01 3891fe", "0900000004 c2b895", "0500180004 9e0838"})
  void headerChecksums(String vector) {
    String header = vector.split(" ")[0];
    int crc = Checksums.crc24(littleValue(header), header.length() / 2);
    assertThat(little(crc, 3)).isEqualTo(vector.split(" ")[1]);
    assertThat(crc).isEqualTo(Crc.computeCrc24(littleValue(header), header.length() / 2));
  }

  @Test
  void payloadChecksums() {
    assertThat(little(Checksums.crc32(new byte[0]), 4)).isEqualTo("d37e7744");
    byte[] options = HEX.parseHex("050000000500000000");
    assertThat(little(Checksums.crc32(options), 4)).isEqualTo("1086284d");
  }

  @Test
  void wholeSegmentOfTheOptionsFrame() {
    byte[] options = new Frame(5, 0, 0, Opcode.OPTIONS.code(), new byte[0]).encode();
    assertThat(HEX.formatHex(Segments.encode(options, true)))
        .isEqualTo("090002a4c8c10500000005000000001086284d");
  }

  private static byte[] random(int length, boolean compressible) {
    byte[] bytes = new byte[length];
    if (!compressible) {
      new Random(length).nextBytes(bytes);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 100, 4096, Segments.MAX_PAYLOAD_BYTES})
  void agreesWithTheLibraryBothWays(int length) throws Exception {
    for (boolean lz4 : new boolean[] {false, true}) {
      Compressor<ByteBuf> compressor = lz4 ? new OracleLz4() : Compressor.none();
      SegmentCodec<ByteBuf> codec = new SegmentCodec<>(Oracle.PRIMITIVES, compressor);
      for (boolean compressible : new boolean[] {false, true}) {
        byte[] payload = random(length, compressible);
        byte[] ours = lz4 ? Segments.encodeLz4(payload, true) : Segments.encode(payload, true);
        assertThat(decodedByLibrary(codec, ours)).isEqualTo(payload);

        List<Object> parts = new ArrayList<>();
        codec.encode(new Segment<>(Unpooled.wrappedBuffer(payload), true), parts);
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        for (Object part : parts) {
          ByteBuf buffer = (ByteBuf) part;
          buffer.readBytes(theirs, buffer.readableBytes());
        }
        SegmentReader reader = new SegmentReader(lz4);
        reader.feed(theirs.toByteArray());
        SegmentReader.Segment segment = reader.next();
        assertThat(segment.payload()).isEqualTo(payload);
        assertThat(segment.selfContained()).isTrue();
        assertThat(reader.next()).isNull();
      }
    }
  }

  private static byte[] decodedByLibrary(SegmentCodec<ByteBuf> codec, byte[] bytes)
      throws Exception {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    SegmentCodec.Header header = codec.decodeHeader(in.readSlice(codec.headerLength() + 3));
    assertThat(header.isSelfContained).isTrue();
    ByteBuf payload = codec.decode(header, in).payload;
    byte[] read = new byte[payload.readableBytes()];
    payload.readBytes(read);
    return read;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void largeFramesTravelInPartsAndArriveWhole(boolean lz4) {
    Frame frame = new Frame(0x85, 0, 3, Opcode.RESULT.code(), random(300_000, false));
    byte[] wire = Segments.wrap(frame.encode(), lz4);
    Inbound inbound = new Inbound();
    inbound.switchToSegments(lz4);
    for (int from = 0; from < wire.length; from += 10_007) {
      assertThat(inbound.next()).isNull();
      inbound.feed(Arrays.copyOfRange(wire, from, Math.min(wire.length, from + 10_007)));
    }
    assertThat(inbound.next()).isEqualTo(frame);
    assertThat(inbound.next()).isNull();
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] good = Segments.encode(random(40, false), true);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      SegmentReader reader = new SegmentReader(false);
      reader.feed(bad);
      assertThatThrownBy(reader::next)
          .isInstanceOf(WireFormatException.class)
          .hasMessageContaining("checksum");
    }
  }

  @Test
  void anLz4LengthThatCannotBeTrueIsRefused() {
    // Announces 131,071 bytes from a block of 5.
    long header = 5 | 131_071L << 17 | 1L << 34;
    WireWriter out = new WireWriter();
    byte[] block = new byte[5];
    out.writeRaw(HEX.parseHex(little(header, 5) + little(Checksums.crc24(header, 5), 3)));
    out.writeRaw(block).writeRaw(HEX.parseHex(little(Checksums.crc32(block), 4)));
    SegmentReader reader = new SegmentReader(true);
    reader.feed(out.toBytes());
    assertThatThrownBy(reader::next)
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("cannot hold");
  }
}
