package cqloop.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireNotationTest {
  private static final HexFormat HEX = HexFormat.of();

  private static WireReader reader(String hex) {
    return new WireReader(HEX.parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8080",
    "255, 80ff",
    "256, 8100",
    "16383, bfff",
    "16384, c04000",
    "2097151, dfffff",
    "2097152, e0200000",
    "72057594037927935, feffffffffffffff",
    "72057594037927936, ff0100000000000000",
    "-1, ffffffffffffffffff"
  })
  void unsignedVints(long value, String hex) {
    assertThat(HEX.formatHex(new WireWriter().writeUnsignedVint(value).toBytes())).isEqualTo(hex);
    WireReader in = reader(hex);
    assertThat(in.readUnsignedVint()).isEqualTo(value);
    in.expectEnd("vint");
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 3, 020406", "-1, -2, -3, 010305", "0, 0, 43200000000000, 0000fc4e94914f0000"})
  void signedVints(long months, long days, long nanos, String hex) {
    WireWriter out = new WireWriter().writeVint(months).writeVint(days).writeVint(nanos);
    assertThat(HEX.formatHex(out.toBytes())).isEqualTo(hex);
    WireReader in = reader(hex);
    assertThat(in.readVint()).isEqualTo(months);
    assertThat(in.readVint()).isEqualTo(days);
    assertThat(in.readVint()).isEqualTo(nanos);
  }

  @Test
  void valuesOfTheVectors() {
    assertThat(hex(WireType.DATE, LocalDate.of(1970, 1, 1))).isEqualTo("80000000");
    assertThat(hex(WireType.DATE, LocalDate.of(1969, 12, 31))).isEqualTo("7fffffff");
    assertThat(hex(WireType.DECIMAL, new BigDecimal("-1.23"))).isEqualTo("0000000285");
    assertThat(hex(WireType.VARINT, BigInteger.valueOf(128))).isEqualTo("0080");
    assertThat(hex(WireType.VARINT, BigInteger.valueOf(-128))).isEqualTo("80");
    assertThat(hex(WireType.TIME, LocalTime.MAX)).isEqualTo("00004e94914effff");
    assertThat(hex(WireType.list(WireType.INT), List.of(1, 2)))
        .isEqualTo("0000000200000004000000010000000400000002");
    assertThat(hex(WireType.floatVector(2), new float[] {1.5f, -2f})).isEqualTo("3fc00000c0000000");
  }

  private static String hex(WireType type, Object value) {
    return HEX.formatHex(ValueEncoder.encode(type, value));
  }

  @Test
  void aValueOfTheWrongTypeIsRefused() {
    assertThatThrownBy(() -> ValueEncoder.encode(WireType.INT, List.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("type 0x9");
  }

  @Test
  void textsAndAddressesComeBack() throws Exception {
    InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("::1"), 9042);
    byte[] bytes =
        new WireWriter()
            .writeString("é€")
            .writeLongString("long")
            .writeInet(six)
            .writeStringList(List.of("a", ""))
            .writeValue(WireValue.UNSET)
            .writeBytes(null)
            .toBytes();
    WireReader in = new WireReader(bytes);
    assertThat(in.readString()).isEqualTo("é€");
    assertThat(in.readLongString()).isEqualTo("long");
    assertThat(in.readInet()).isEqualTo(six);
    assertThat(in.readStringList()).containsExactly("a", "");
    assertThat(in.readValue()).isSameAs(WireValue.UNSET);
    assertThat(in.readBytes()).isNull();
    in.expectEnd("everything");
  }

  @Test
  void lengthsThatCannotBeTrueAreRefusedBeforeAllocation() {
    assertThatThrownBy(() -> reader("7fffffff00").readBytes())
        .isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> reader("7fffffff00").readLongString())
        .isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> reader("ffffffff").readLongString()).hasMessageContaining("length -1");
    assertThatThrownBy(() -> reader("ffff0000").readStringList()).hasMessageContaining("65535");
    assertThatThrownBy(() -> reader("fffffffd").readValue()).hasMessageContaining("-3");
    assertThatThrownBy(() -> reader("0002c328").readString()).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> reader("05").readInetAddress()).hasMessageContaining("5 bytes");
    assertThatThrownBy(() -> reader("ff01").readUnsignedVint())
        .isInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8400000002ffffffff", "84000000027fffffff"})
  void frameLengthsBeyondTheLimitAreRefused(String hex) {
    FrameReader frames = new FrameReader();
    frames.feed(HEX.parseHex(hex));
    assertThatThrownBy(frames::next)
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("expected 0 to");
  }

  @Test
  void framesArriveHoweverTheyAreSplit() {
    Frame first = new Frame(4, Frame.FLAG_TRACING, -2, Opcode.QUERY.code(), new byte[] {1, 2});
    Frame second = new Frame(0x84, 0, 300, Opcode.READY.code(), new byte[0]);
    byte[] both = new WireWriter().writeRaw(first.encode()).writeRaw(second.encode()).toBytes();
    for (int size = 1; size <= both.length; size++) {
      FrameReader frames = new FrameReader();
      List<Frame> read = new ArrayList<>();
      for (int from = 0; from < both.length; from += size) {
        frames.feed(Arrays.copyOfRange(both, from, Math.min(both.length, from + size)));
        for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
          read.add(frame);
        }
      }
      assertThat(read).containsExactly(first, second);
      assertThat(frames.isMidFrame()).isFalse();
    }
  }

  @Test
  void framesOfOldServersHaveAShorterHeader() {
    Frame old = new Frame(0x82, 0, -1, Opcode.ERROR.code(), new byte[] {9});
    assertThat(HEX.formatHex(old.encode())).isEqualTo("8200ff000000000109");
    FrameReader frames = new FrameReader();
    frames.feed(old.encode());
    assertThat(frames.next()).isEqualTo(old);
  }
}
