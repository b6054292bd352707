package cqloop.netty.codec;

import static cqloop.netty.codec.BindEncoderTest.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.Binder;
import cqloop.BoundStatement;
import cqloop.Columns;
import cqloop.StatementSettings;
import cqloop.error.CodecFailed;
import cqloop.type.PrimitiveType;
import cqloop.type.Unset;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BinderImplTest {

  private static final Columns VARIABLES =
      variables(
          "bool", PrimitiveType.BOOLEAN,
          "tiny", PrimitiveType.TINYINT,
          "small", PrimitiveType.SMALLINT,
          "num", PrimitiveType.INT,
          "big", PrimitiveType.BIGINT,
          "flt", PrimitiveType.FLOAT,
          "dbl", PrimitiveType.DOUBLE,
          "txt", PrimitiveType.TEXT,
          "id", PrimitiveType.UUID,
          "num", PrimitiveType.COUNTER);
  private static final UUID ID = UUID.randomUUID();

  private final BindEncoder encoder =
      new BindEncoder(VARIABLES, Codecs.builtIn(), true, new int[0]);
  private final Binder binder = binder(encoder);

  private static Binder binder(BindEncoder encoder) {
    return new BinderImpl(
        encoder,
        (values, texts) -> BoundStatement.ofEncoded(null, values, texts, StatementSettings.NONE));
  }

  private byte[] expected() {
    return encoder.encode(true, (byte) 1, (short) 2, 3, 4L, 5f, 6d, "seven", ID, 9L);
  }

  @Test
  void writesTheSameAsVarargsWhenSetInOrder() {
    binder.setBoolean(0, true).setByte(1, (byte) 1).setShort(2, (short) 2).setInt(3, 3);
    binder.setLong(4, 4).setFloat(5, 5).setDouble(6, 6).setString(7, "seven");
    binder.set(8, ID).setLong(9, 9);

    assertThat(binder.bind().encodedValues()).isEqualTo(expected());
  }

  @Test
  void writesTheSameWhenSetInAnyOrderAndAgain() {
    binder.setLong(9, 0).set(8, null).setString(7, "seven").setDouble(6, 6).setFloat(5, 5);
    binder.setLong(4, 4).setInt(3, 3).setShort(2, (short) 2).setByte(1, (byte) 1);
    binder.setBoolean(0, true).set(8, ID).setInt(9, 9);

    assertThat(binder.bind().encodedValues()).isEqualTo(expected());
  }

  @Test
  void setsEveryVariableOfAName() {
    binder.setInt("NUM", 3);

    assertThat(binder.bind().encodedValues())
        .isEqualTo(
            encoder.encode(
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET,
                3,
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET,
                3L));
  }

  @Test
  void setsByName() {
    binder.setBoolean("bool", true).setByte("tiny", (byte) 1).setShort("small", (short) 2);
    binder.setLong("num", 9).setInt(3, 3).setLong("big", 4).setFloat("flt", 5);
    binder.setDouble("dbl", 6).setString("txt", "seven").set("id", ID);

    assertThat(binder.bind().encodedValues()).isEqualTo(expected());
  }

  @Test
  void sendsWhatIsNotSetAsUnset() {
    binder.setInt(3, 3).setNull(4).setNull("flt").unset(3).setDouble("dbl", 1).unset("dbl");

    assertThat(binder.bind().encodedValues())
        .isEqualTo(
            encoder.encode(
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET,
                null,
                null,
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET));
  }

  @Test
  void mayBeUsedOnAfterBinding() {
    binder.setInt(3, 3);
    byte[] first = binder.bind().encodedValues();
    byte[] copy = first.clone();
    binder.setInt(3, 4);

    assertThat(first).isEqualTo(copy);
    assertThat(binder.bind().encodedValues()).isNotEqualTo(first);
  }

  @Test
  void leavesLongTextsToBeEncodedWhenTheyAreSent() {
    String text = "x".repeat(256);
    Object[] values = {true, null, null, null, null, null, null, text, ID, 9L};
    binder.setLong(9, 9).setNull(1).setNull(2).setNull(3).setNull(4).setNull(5).setNull(6);
    binder.setString(7, text).setBoolean(0, true).set(8, ID);
    BoundStatement bound = binder.bind();

    assertThat(bound.encodedValues()).isEqualTo(encoder.encode(values)).hasSizeLessThan(128);
    assertThat(bound.longTexts()).isEqualTo(encoder.longTexts(values));
    assertThat(bound.longTexts()).hasSize(10).containsOnlyOnce(text);
    assertThat(bound.longTexts()[7]).isSameAs(text);
  }

  @Test
  void longTextsOfABoundStatementDoNotChangeWithTheBinder() {
    String first = "1".repeat(300);
    String second = "2".repeat(300);
    BoundStatement bound = binder.setString(7, first).bind();
    BoundStatement again = binder.setString(7, second).bind();
    BoundStatement shortened = binder.setString(7, "seven").bind();

    assertThat(bound.longTexts()[7]).isEqualTo(first);
    assertThat(again.longTexts()[7]).isEqualTo(second);
    assertThat(shortened.encodedValues())
        .isEqualTo(binder(encoder).setString(7, "seven").bind().encodedValues());
  }

  @Test
  void encodesATextAtOnceWhenTheTokenIsMadeOfIt() {
    String text = "x".repeat(256);
    BindEncoder keyed = new BindEncoder(VARIABLES, Codecs.builtIn(), true, new int[] {7});
    BoundStatement bound = binder(keyed).setString(7, text).bind();

    assertThat(bound.longTexts()).isNull();
    assertThat(bound.encodedValues()).hasSizeGreaterThan(256);
  }

  @Test
  void forgetsAValueThatWasRefused() {
    binder.setBoolean(0, true);
    byte[] before = binder.bind().encodedValues();

    assertThatThrownBy(() -> binder.setInt(1, 300))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("Column 'tiny'");

    assertThat(binder.bind().encodedValues()).isEqualTo(before);
  }

  @Test
  void convertsNumbersAsVarargsDo() {
    binder.setLong(3, 3).setInt(4, 4).setInt(1, 1).setDouble(5, 5).setFloat(6, 6);

    assertThat(binder.bind().encodedValues())
        .isEqualTo(
            encoder.encode(
                Unset.UNSET,
                (byte) 1,
                Unset.UNSET,
                3,
                4L,
                5f,
                6d,
                Unset.UNSET,
                Unset.UNSET,
                Unset.UNSET));
  }

  @Test
  void namesWhatThereIsWhenIndexOrNameIsWrong() {
    assertThatThrownBy(() -> binder.setInt(10, 1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageStartingWith("Variable index 10 is outside 0..9 (bool boolean");
    assertThatThrownBy(() -> binder.unset(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> binder.setInt("x", 1)).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void bindsAStatementWithoutVariables() {
    BindEncoder none = new BindEncoder(Columns.NONE, Codecs.builtIn(), true, new int[0]);

    assertThat(binder(none).bind().encodedValues()).isEqualTo(new byte[2]);
  }
}
