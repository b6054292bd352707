package cqloop.netty.wire;

import static cqloop.netty.wire.Frames.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.FrameTooLarge;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain frames: bytes written out from native_protocol_v4.spec and v2.spec, section 2. */
class FrameReaderTest {

  private static final int LIMIT = 1000;
  private static final Set<Integer> RESPONSES = Set.of(0, 2, 3, 6, 8, 12, 14, 16);

  private final FrameReader reader = new FrameReader(LIMIT);
  private final Frames frames = new Frames();

  @Test
  void readsFramesOfEveryVersion() {
    for (String version : new String[] {"83", "84", "85", "86", "c1", "c2"}) {
      reader.decode(bytes(version + "0e 7ffe 08 00000003 0a0b0c"), frames);
    }
    assertThat(frames.seen)
        .containsExactly(
            "v03 f0e s32766 o08 0a0b0c (12)",
            "v04 f0e s32766 o08 0a0b0c (12)",
            "v05 f0e s32766 o08 0a0b0c (12)",
            "v06 f0e s32766 o08 0a0b0c (12)",
            "v41 f0e s32766 o08 0a0b0c (12)",
            "v42 f0e s32766 o08 0a0b0c (12)");
  }

  @Test
  void readsTheShortHeaderOfOldServers() {
    reader.decode(bytes("81 00 00 00 00000002 0a0b  82 00 ff 0c 00000000"), frames);
    assertThat(frames.seen).containsExactly("v01 f00 s0 o00 0a0b (10)", "v02 f00 s-1 o0c  (8)");
  }

  @Test
  void readsTheShortHeaderByteByByte() {
    ByteBuf in = bytes("81 00 05 00 00000002 0a0b");
    while (in.isReadable()) {
      reader.decode(in.readSlice(1), frames);
    }
    assertThat(frames.seen).containsExactly("v01 f00 s5 o00 0a0b (10)");
  }

  @Test
  void readsEventsOnStreamMinusOne() {
    reader.decode(bytes("84 00 ffff 0c 00000000"), frames);
    assertThat(frames.seen).containsExactly("v04 f00 s-1 o0c  (9)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff", "80000000", "c0000000"})
  void refusesNegativeLengths(String length) {
    assertBroken("84 00 0001 08" + length, ProtocolViolation.class, "negative length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"000003e9", "7fffffff", "10000001"})
  void refusesLengthsAboveTheLimitWithoutReservingThem(String length) {
    ByteBuf in = bytes("84 00 0001 08" + length);
    long allocated =
        Allocations.of(
            () ->
                assertThatThrownBy(() -> reader.decode(in, frames))
                    .isInstanceOf(FrameTooLarge.class)
                    .hasMessageContaining("maxFrameBytes"));
    assertThat(allocated).isLessThan(1 << 20);
  }

  @Test
  void acceptsALengthAtTheLimit() {
    ByteBuf in = bytes("84 00 0001 08 000003e8");
    reader.decode(Unpooled.wrappedBuffer(in, Unpooled.wrappedBuffer(new byte[LIMIT])), frames);
    assertThat(frames.bodies).containsExactly(new byte[LIMIT]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"04", "05", "80", "87", "c0", "c3", "ff", "48", "16", "00"})
  void refusesAFirstByteThatIsNoResponseAtOnce(String version) {
    assertBroken(version, ProtocolViolation.class, "0x" + version);
  }

  @Test
  void refusesStreamIdsThatNoRequestHas() {
    assertBroken("84 00 fffe 08 00000000", ProtocolViolation.class, "stream -2");
  }

  @Test
  void refusesAVersionOtherThanTheRequiredOne() {
    reader.requireVersion(4);
    reader.decode(bytes("84 00 0001 02 00000000"), frames);
    assertBroken("83 00 0001 02 00000000", ProtocolViolation.class, "0x04 was negotiated");
  }

  @Test
  void refusesCompressionThatWasNotAgreed() {
    assertBroken("84 01 0001 08 00000004 00000000", ProtocolViolation.class, "compressed");
  }

  @Test
  void ignoresTheCompressedFlagInV5() {
    reader.decode(bytes("85 01 0001 08 00000002 0a0b"), frames);
    assertThat(frames.seen).containsExactly("v05 f01 s1 o08 0a0b (11)");
  }

  /** All flags with all opcodes: a frame or a typed error, nothing else. */
  @Test
  void acceptsExactlyTheKnownFlagsAndOpcodes() {
    for (int flags = 0; flags < 256; flags++) {
      for (int opcode = 0; opcode < 256; opcode++) {
        ByteBuf in = Unpooled.buffer().writeByte(0x84).writeByte(flags).writeShort(1);
        in.writeByte(opcode).writeInt(0);
        boolean known = flags < 0x20 && (flags & 1) == 0 && RESPONSES.contains(opcode);
        Frames seen = new Frames();
        FrameReader fresh = new FrameReader(LIMIT);
        if (known) {
          fresh.decode(in, seen);
          assertThat(seen.seen).hasSize(1);
        } else {
          assertThatThrownBy(() -> fresh.decode(in, seen)).isInstanceOf(ProtocolViolation.class);
          assertThat(seen.seen).isEmpty();
        }
      }
    }
  }

  @Test
  void deliversWhatCameBeforeAnError() {
    assertBroken(
        "84 00 0001 02 00000000 84 00 0001 07 00000000",
        ProtocolViolation.class,
        "no server may send");
    assertThat(frames.seen).containsExactly("v04 f00 s1 o02  (9)");
  }

  @Test
  void dropsEverythingOnceClosed() {
    ByteBuf in = bytes("84 00 0001 02 00000000 84 00 0002 02 00000000");
    reader.decode(
        in,
        (version, flags, streamId, opcode, body, length, wireBytes) -> {
          frames.frame(version, flags, streamId, opcode, body, length, wireBytes);
          reader.close();
        });
    assertThat(frames.seen).hasSize(1);
    assertThat(in.isReadable()).isFalse();
    reader.decode(bytes("0000"), frames);
    assertThat(frames.seen).hasSize(1);
  }

  /** The first byte of a body may arrive long before the rest: no room is made for the rest. */
  @Test
  void growsWithTheBytesReceived() {
    FrameReader large = new FrameReader(256 << 20);
    ByteBuf header = bytes("84 00 0001 08 0fffffff 00");
    assertThat(Allocations.of(() -> large.decode(header, frames))).isLessThan(64 * 1024);
    ByteBuf chunk = Unpooled.wrappedBuffer(new byte[100_000]);
    long allocated =
        Allocations.of(
            () -> {
              for (int i = 0; i < 10; i++) {
                large.decode(chunk.duplicate(), frames);
              }
            });
    assertThat(allocated).isLessThan(4 * 1_000_000);
    assertThat(frames.seen).isEmpty();
  }

  @Test
  void keepsNoBufferAndLeavesReferencesAlone() {
    ByteBuf in = Unpooled.directBuffer().writeBytes(bytes("84 00 0001 08 00000003 0a0b"));
    reader.decode(in, frames);
    assertThat(in.refCnt()).isEqualTo(1);
    in.release();
    reader.decode(bytes("0c"), frames);
    assertThat(frames.seen).containsExactly("v04 f00 s1 o08 0a0b0c (12)");
  }

  private void assertBroken(String hex, Class<?> type, String message) {
    assertThatThrownBy(() -> reader.decode(bytes(hex), frames))
        .isInstanceOf(type)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> reader.decode(bytes("84 00 0001 02 00000000"), frames))
        .isInstanceOf(type);
  }
}
