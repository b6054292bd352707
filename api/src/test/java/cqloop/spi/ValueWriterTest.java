package cqloop.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ValueWriterTest {

  /**
   * Returns what is written after a number of bytes, so that each kind of value meets the growth.
   */
  private static String after(int bytesBefore, Consumer<ValueWriter> write) {
    ValueWriter out = new ValueWriter(16);
    out.writeBytes(new byte[bytesBefore]);
    write.accept(out);
    byte[] all = out.toByteArray();
    return HexFormat.of().formatHex(Arrays.copyOfRange(all, bytesBefore, all.length));
  }

  @Test
  void writesBigEndianWhereverItGrows() {
    for (int before = 0; before < 40; before++) {
      assertThat(after(before, out -> out.writeByte(0x1ff))).isEqualTo("ff");
      assertThat(after(before, out -> out.writeShort(-2))).isEqualTo("fffe");
      assertThat(after(before, out -> out.writeInt(0x01020304))).isEqualTo("01020304");
      assertThat(after(before, out -> out.writeLong(-1))).isEqualTo("ffffffffffffffff");
      assertThat(after(before, out -> out.writeFloat(1.5f))).isEqualTo("3fc00000");
      assertThat(after(before, out -> out.writeDouble(-2))).isEqualTo("c000000000000000");
      assertThat(after(before, out -> out.writeUtf8("aé"))).isEqualTo("61c3a9");
      assertThat(after(before, out -> out.writeBytes(new byte[] {9, 8, 7}, 1, 2)))
          .isEqualTo("0807");
      assertThat(after(before, out -> out.writeFloats(new float[] {1.5f, -2f, 0f})))
          .isEqualTo("3fc00000c000000000000000");
    }
  }

  @Test
  void putsTheLengthInFrontOfNestedValues() {
    assertThat(
            after(
                0,
                out -> {
                  int outer = out.beginValue();
                  int inner = out.beginValue();
                  out.writeByte(7);
                  out.endValue(inner);
                  out.writeNull();
                  out.writeUnset();
                  out.endValue(outer);
                }))
        .isEqualTo("0000000d" + "0000000107" + "ffffffff" + "fffffffe");
  }

  @Test
  void forgetsAndOverwritesOnlyWhatWasWritten() {
    ValueWriter out = new ValueWriter(16);
    out.writeInt(1);
    out.setShort(0, 5);
    out.truncate(3);

    assertThat(out.toByteArray()).containsExactly(0, 5, 0);
    assertThatThrownBy(() -> out.truncate(4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> out.setShort(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesMoreThanAFrameHoldsAndKeepsWhatItHas() {
    ValueWriter out = new ValueWriter(16);
    out.writeByte(1);

    assertThatThrownBy(() -> out.writeBytes(new byte[0], 0, ValueWriter.MAX_BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than 268435456 bytes");
    assertThat(out.toByteArray()).containsExactly(1);
  }
}
