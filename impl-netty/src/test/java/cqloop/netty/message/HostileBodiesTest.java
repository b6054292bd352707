package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.ProtocolVersion;
import cqloop.error.ProtocolViolation;
import cqloop.netty.wire.Allocations;
import cqloop.netty.wire.BigEndian;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies that lie about their sizes: a typed error or a message, never another exception, and never
 * more memory than the bytes received justify.
 */
class HostileBodiesTest {

  /** Decoding may cost a fixed amount, as for an exception, and some bytes per byte received. */
  private static final long FIXED_BYTES = 32 * 1024;

  private static final long PER_BYTE = 64;

  private int refused;

  @ParameterizedTest
  @EnumSource
  void everyFieldSetToExtremes(ProtocolVersion version) {
    Features features = Features.of(version);
    for (Bodies.Body body : Bodies.all(version)) {
      byte[] good = body.bytes();
      ResponseDecoder.decode(body.opcode(), body.flags(), good, good.length, features);
      for (int at = 0; at + 4 <= good.length; at++) {
        int remaining = good.length - at - 4;
        for (int value : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, remaining + 1}) {
          byte[] bad = good.clone();
          BigEndian.putInt(bad, at, value);
          decodeHostile(body, bad, features);
        }
      }
      for (int at = 0; at + 2 <= good.length; at++) {
        int remaining = good.length - at - 2;
        for (int value : new int[] {0xFFFF, 0x8000, 0x7FFF, remaining + 1}) {
          byte[] bad = good.clone();
          BigEndian.putShort(bad, at, value);
          decodeHostile(body, bad, features);
        }
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @ParameterizedTest
  @EnumSource
  void everyTruncation(ProtocolVersion version) {
    Features features = Features.of(version);
    for (Bodies.Body body : Bodies.all(version)) {
      for (int length = 0; length < body.bytes().length; length++) {
        byte[] bad = Arrays.copyOf(body.bytes(), length);
        // Contentions may be left out; cells are checked when a page is made of them.
        boolean mayBeWhole = body.name().startsWith("WriteTimeout") || body.hasCells();
        int before = refused;
        decodeHostile(body, bad, features);
        assertThat(refused > before || mayBeWhole).as("%s cut at %d", body, length).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void trailingBytes(ProtocolVersion version) {
    Features features = Features.of(version);
    for (Bodies.Body body : Bodies.all(version)) {
      // Errors and events may grow fields.
      boolean mayGrow = body.opcode() == Opcode.ERROR || body.opcode() == Opcode.EVENT;
      if (!mayGrow && !body.hasCells()) {
        int before = refused;
        decodeHostile(body, Arrays.copyOf(body.bytes(), body.bytes().length + 1), features);
        assertThat(refused).as("%s with a byte more", body).isEqualTo(before + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noise(ProtocolVersion version) {
    Features features = Features.of(version);
    Random random = new Random(4711);
    for (Bodies.Body body : Bodies.all(version)) {
      for (int i = 0; i < 200; i++) {
        byte[] bad = body.bytes().clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        decodeHostile(body, bad, features);
      }
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 1000, 100_000})
  void nestedTypes(int depth) {
    for (String level : new String[] {"0020", "0022", "00210009", "00310001"}) {
      byte[] bad = columnOfType(level.repeat(depth) + "0009");
      assertThatThrownBy(() -> ResponseDecoder.decode(8, 0, bad, bad.length, features()))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining("32 levels");
    }
  }

  @Test
  void typesNestedAsDeepAsAllowed() {
    byte[] good = columnOfType("0020".repeat(31) + "0009");
    RowsResult rows = (RowsResult) ResponseDecoder.decode(8, 0, good, good.length, features());
    assertThat(rows.columnCount()).isEqualTo(1);
  }

  /** Rows without columns cost no bytes, so their number would be unlimited. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000002 00000004 00000000 7fffffff",
        "00000002 00000004 00000001 7fffffff",
        "00000002 00000004 00000001 80000000",
        "00000002 00000004 ffffffff 00000001",
        "00000002 00000004 7fffffff 7fffffff",
        "00000002 00000004 10000000 00000010 00000000",
        "00000002 00000001 7fffffff 0000 0000",
        "00000002 00000000 00010000 0000 0000"
      })
  void rowBombs(String hex) {
    byte[] bad = ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
    assertThatThrownBy(() -> ResponseDecoder.decode(8, 0, bad, bad.length, features()))
        .isInstanceOf(ProtocolViolation.class);
  }

  private static Features features() {
    return Features.of(ProtocolVersion.V4);
  }

  private static byte[] columnOfType(String type) {
    ByteBuf body = Unpooled.buffer();
    body.writeInt(2).writeInt(1).writeInt(1);
    Oracle.PRIMITIVES.writeString("ks", body);
    Oracle.PRIMITIVES.writeString("t", body);
    Oracle.PRIMITIVES.writeString("c", body);
    body.writeBytes(ByteBufUtil.decodeHexDump(type)).writeInt(0);
    return ByteBufUtil.getBytes(body);
  }

  private void decodeHostile(Bodies.Body body, byte[] bytes, Features features) {
    int before = refused;
    long allowed = FIXED_BYTES + PER_BYTE * bytes.length;
    long allocated = Allocations.of(() -> decodeUnmeasured(body, bytes, features));
    if (allocated > allowed) {
      // The first time some classes are loaded, which is not what is measured.
      refused = before;
      allocated = Allocations.of(() -> decodeUnmeasured(body, bytes, features));
    }
    assertThat(allocated).as(() -> body + " " + ByteBufUtil.hexDump(bytes)).isLessThan(allowed);
  }

  private void decodeUnmeasured(Bodies.Body body, byte[] bytes, Features features) {
    try {
      ResponseDecoder.decode(body.opcode(), body.flags(), bytes, bytes.length, features);
    } catch (ProtocolViolation e) {
      refused++;
    }
  }
}
