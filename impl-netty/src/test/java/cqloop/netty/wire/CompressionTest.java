package cqloop.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.CqlException;
import cqloop.error.FrameTooLarge;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of v3 and v4, both ways, against the libraries; and bombs. */
class CompressionTest {

  private static final int LIMIT = 1 << 20;

  @Test
  void lz4BodiesHoldTheirLengthBigEndianAndABlock() {
    byte[] body = compressible(5000);
    byte[] packed = compress(Compression.lz4(), body);
    assertThat(packed.length).isLessThan(500);
    assertThat(BigEndian.getInt(packed, 0)).isEqualTo(5000);
    byte[] block = Arrays.copyOfRange(packed, 4, packed.length);
    assertThat(LZ4Factory.safeInstance().safeDecompressor().decompress(block, 5000))
        .isEqualTo(body);
  }

  @Test
  void snappyBodiesAreABlock() throws IOException {
    byte[] body = compressible(5000);
    byte[] packed = compress(Compression.snappy(), body);
    assertThat(packed.length).isLessThan(1000);
    assertThat(org.xerial.snappy.Snappy.uncompress(packed)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "snappy", "LZ4", "Snappy"})
  void roundTripsBodiesOfAllSizes(String algorithm) {
    Compression compression = Compression.of(algorithm);
    for (int length : new int[] {64, 65, 1000, 70_000, 300_000, 600_000, 100}) {
      byte[] body = compressible(length);
      byte[] packed = compress(compression, body);
      assertThat(packed.length).isLessThan(length);
      assertThat(compression.decompressBody(packed, packed.length, LIMIT)).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "snappy"})
  void leavesBodiesThatDoNotShrink(String algorithm) {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    assertThat(compress(Compression.of(algorithm), noise)).isEqualTo(noise);
    assertThat(compress(Compression.of(algorithm), new byte[20])).isEqualTo(new byte[20]);
    assertThat(compress(Compression.of(algorithm), new byte[0])).isEmpty();
  }

  @Test
  void refusesUnknownNames() {
    assertThatThrownBy(() -> Compression.of("zstd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lz4, snappy");
  }

  /** 10 bytes that claim 1 GiB, 100 MiB, or more than 255 times their size. */
  @ParameterizedTest
  @ValueSource(strings = {"40000000", "06400000", "ffffffff", "80000000", "00000600"})
  void refusesLz4BombsBeforeReserving(String claimed) {
    byte[] body = ByteBufUtil.decodeHexDump(claimed + "1f00010000ff");
    assertRefusedCheaply(Compression.lz4(), body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff0f", "8080808004", "ffffffffff7f", "ffffffff7f", "e807"})
  void refusesSnappyBombsBeforeReserving(String claimed) {
    assertRefusedCheaply(Compression.snappy(), ByteBufUtil.decodeHexDump(claimed + "00aabbcc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "000000"})
  void refusesBodiesWithoutRoomForALength(String body) {
    assertThatThrownBy(() -> decompress(Compression.lz4(), ByteBufUtil.decodeHexDump(body)))
        .isInstanceOf(ProtocolViolation.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "snappy"})
  void neverReturnsGarbageForDamagedBlocks(String algorithm) {
    Compression compression = Compression.of(algorithm);
    byte[] good = compress(compression, compressible(2000));
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        assertThat(compression.decompressBody(bad, bad.length, LIMIT).length)
            .isLessThanOrEqualTo(255 * bad.length);
      } catch (ProtocolViolation | FrameTooLarge e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void aDamagedBodyFailsOnlyItsFrame() {
    FrameReader reader = new FrameReader(LIMIT);
    reader.setCompression(Compression.lz4());
    Frames frames = new Frames();
    reader.decode(
        Frames.bytes("84 01 0007 08 00000006 000000ff 0000  84 00 0008 02 00000000"), frames);
    assertThat(frames.seen).containsExactly("corrupt s7", "v04 f00 s8 o02  (9)");
    assertThat(frames.corrupt).hasOnlyElementsOfType(ProtocolViolation.class);
  }

  @Test
  void readsCompressedFrames() {
    byte[] body = compressible(1000);
    byte[] packed = compress(Compression.lz4(), body);
    ByteBuf in =
        Unpooled.buffer()
            .writeBytes(Frames.bytes("84 01 0007 08"))
            .writeInt(packed.length)
            .writeBytes(packed);
    FrameReader reader = new FrameReader(LIMIT);
    reader.setCompression(Compression.lz4());
    Frames frames = new Frames();
    reader.decode(in, frames);
    assertThat(frames.bodies).containsExactly(body);
  }

  /** Scratch arrays of a large body are given back. */
  @Test
  void doesNotKeepLargeScratch() {
    Compression compression = Compression.lz4();
    compress(compression, compressible(8 << 20));
    byte[] small = compressible(1000);
    ByteBuf out = Unpooled.buffer(2000).writeBytes(small);
    compression.compressBody(out, 0);
    assertThat(compression.keptBytes()).isLessThan(2 * Compression.MAX_KEPT_BYTES);
  }

  private static void assertRefusedCheaply(Compression compression, byte[] body) {
    long allocated =
        Allocations.of(
            () ->
                assertThatThrownBy(() -> decompress(compression, body))
                    .isInstanceOf(CqlException.class));
    assertThat(allocated).isLessThan(1 << 20);
  }

  private static byte[] decompress(Compression compression, byte[] body) {
    return compression.decompressBody(body, body.length, LIMIT);
  }

  private static byte[] compress(Compression compression, byte[] body) {
    ByteBuf out = Unpooled.buffer().writeBytes(new byte[9]).writeBytes(body);
    compression.compressBody(out, 9);
    return ByteBufUtil.getBytes(out, 9, out.writerIndex() - 9);
  }

  private static byte[] compressible(int length) {
    byte[] body = new byte[length];
    for (int i = 0; i < length; i++) {
      body[i] = (byte) (i % 16);
    }
    return body;
  }

  /** F4: a ratio that LZ4 can have, but more than a frame may hold. */
  @Test
  void aBodyThatClaimsMoreThanAFrameMayHoldIsNotReserved() {
    byte[] body = new byte[LIMIT];
    int claimed = 2 * LIMIT;
    body[0] = (byte) (claimed >>> 24);
    body[1] = (byte) (claimed >>> 16);
    body[2] = (byte) (claimed >>> 8);
    body[3] = (byte) claimed;
    assertThatThrownBy(() -> Compression.lz4().decompressBody(body, body.length, LIMIT))
        .isInstanceOf(FrameTooLarge.class);
  }
}
