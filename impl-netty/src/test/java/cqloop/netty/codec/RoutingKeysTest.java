package cqloop.netty.codec;

import static cqloop.netty.codec.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.spi.ValueWriter;
import org.junit.jupiter.api.Test;

class RoutingKeysTest {

  // [short 4], int 1, text "a", null, unset.
  private static final byte[] VALUES = hex("0004 00000004 00000001 00000001 61 ffffffff fffffffe");

  @Test
  void findsAComponentWithoutCopying() {
    long slice = RoutingKeys.slice(VALUES, 1);

    assertThat(RoutingKeys.offset(slice)).isEqualTo(14);
    assertThat(RoutingKeys.length(slice)).isEqualTo(1);
    assertThat(RoutingKeys.serialized(VALUES, new int[] {0})).isEqualTo(hex("00000001"));
  }

  @Test
  void serializesSeveralComponentsInTheOrderOfTheKey() {
    assertThat(RoutingKeys.serialized(VALUES, new int[] {0, 1}))
        .isEqualTo(hex("0004 00000001 00 0001 61 00"));
    assertThat(RoutingKeys.composite(VALUES, new int[] {1, 0}))
        .isEqualTo(hex("0001 61 00 0004 00000001 00"));
  }

  @Test
  void hasNoKeyWhenAComponentIsNullOrUnset() {
    assertThat(RoutingKeys.slice(VALUES, 2)).isEqualTo(RoutingKeys.NONE);
    assertThat(RoutingKeys.slice(VALUES, 3)).isEqualTo(RoutingKeys.NONE);
    assertThat(RoutingKeys.serialized(VALUES, new int[] {0, 2})).isNull();
    assertThat(RoutingKeys.serialized(VALUES, new int[] {3})).isNull();
    assertThat(RoutingKeys.serialized(VALUES, new int[0])).isNull();
  }

  @Test
  void refusesAComponentThatIsTooLongForItsLength() {
    ValueWriter out = new ValueWriter(16);
    out.writeShort(1);
    out.writeInt(RoutingKeys.MAX_COMPONENT_BYTES + 1);
    out.writeBytes(new byte[RoutingKeys.MAX_COMPONENT_BYTES + 1]);
    byte[] values = out.toByteArray();

    assertThatThrownBy(() -> RoutingKeys.composite(values, new int[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536 bytes; the limit is 65535");
    assertThat(RoutingKeys.serialized(values, new int[] {0})).hasSize(65_536);
  }
}
