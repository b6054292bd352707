package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The checks let a sound codec pass, and each catches the codec that breaks it. */
class TypeCodecTckTest {

  @Nested
  class Sound extends Checks {
    Sound() {
      super(new Text());
    }
  }

  @Test
  void catchesACodecThatIgnoresTheOffset() {
    Checks checks =
        new Checks(
            new Text() {
              @Override
              public String decode(byte[] bytes, int offset, int length) {
                return new String(bytes, 0, length, StandardCharsets.UTF_8);
              }
            });
    assertThatThrownBy(checks::readsExactlyTheBytesItIsGiven).isInstanceOf(AssertionError.class);
  }

  @Test
  void catchesACodecThatLosesSomething() {
    Checks checks =
        new Checks(
            new Text() {
              @Override
              public void encode(String value, ValueWriter out) {
                super.encode(value.toLowerCase(Locale.ROOT), out);
              }
            });
    assertThatThrownBy(checks::readsWhatItWrites).isInstanceOf(AssertionError.class);
    assertThatThrownBy(checks::tellsDifferentValuesApart).isInstanceOf(AssertionError.class);
  }

  @Test
  void catchesACodecThatOverwritesWhatIsThere() {
    Checks checks =
        new Checks(
            new Text() {
              @Override
              public void encode(String value, ValueWriter out) {
                out.truncate(0);
                super.encode(value, out);
              }
            });
    assertThatThrownBy(checks::writesItsBytesAfterThoseThatAreThere)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void catchesACodecThatRunsAwayOnHostileBytes() {
    Checks checks =
        new Checks(
            new Text() {
              @Override
              public String decode(byte[] bytes, int offset, int length) {
                if (length == 3) {
                  throw new OutOfMemoryError("asked for what a length field said");
                }
                return super.decode(bytes, offset, length);
              }
            });
    assertThatThrownBy(checks::survivesHostileBytes).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void catchesACodecThatAcceptsAnything() {
    Checks checks =
        new Checks(
            new Text() {
              @Override
              public boolean accepts(Object value) {
                return true;
              }
            });
    assertThatThrownBy(checks::acceptsItsOwnTypeOnly).isInstanceOf(AssertionError.class);
  }

  /** Text, as UTF-8. */
  private static class Text implements TypeCodec<String> {
    @Override
    public DataType cqlType() {
      return PrimitiveType.TEXT;
    }

    @Override
    public GenericType<String> javaType() {
      return GenericType.of(String.class);
    }

    @Override
    public void encode(String value, ValueWriter out) {
      out.writeUtf8(value);
    }

    @Override
    public String decode(byte[] bytes, int offset, int length) {
      return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
  }

  static class Checks extends TypeCodecTck<String> {
    private final TypeCodec<String> codec;

    Checks(TypeCodec<String> codec) {
      this.codec = codec;
    }

    @Override
    protected TypeCodec<String> codec() {
      return codec;
    }

    @Override
    protected List<String> samples() {
      return List.of("", "a", "A", "Grüße", "\u0000");
    }
  }
}
