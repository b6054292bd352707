package cqloop.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.error.CodecFailed;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static final UserType ADDRESS =
      new UserType(
          "shop",
          "address",
          List.of("street", "Zip", "photo"),
          List.of(PrimitiveType.TEXT, PrimitiveType.INT, PrimitiveType.BLOB));
  private static final TupleType PAIR = TupleType.of(PrimitiveType.TEXT, PrimitiveType.INT);

  @Test
  void udtStartsWithNullsAndIsCopiedByWith() {
    UdtValue empty = UdtValue.of(ADDRESS);
    UdtValue full = empty.with("street", "Elm").with(1, 1000);

    assertThat(empty.isNull("street")).isTrue();
    assertThat(empty.isNull(1)).isTrue();
    assertThat(full.get("street")).isEqualTo("Elm");
    assertThat(full.get(1)).isEqualTo(1000);
    assertThat(full.get("photo")).isNull();
    assertThat(full.size()).isEqualTo(3);
    assertThat(full.type()).isEqualTo(ADDRESS);
    assertThat(full.with("street", null)).isEqualTo(UdtValue.of(ADDRESS, null, 1000));
  }

  @Test
  void udtTakesNamesAsCqlDoes() {
    UdtValue value = UdtValue.of(ADDRESS, "Elm", 1000);

    assertThat(value.get("STREET")).isEqualTo("Elm");
    assertThat(value.get("\"Zip\"")).isEqualTo(1000);
    assertThat(value.get("Zip")).isEqualTo(1000);
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> value.get("zip"))
        .withMessage("User type shop.address has no field 'zip'. Known: street, Zip, photo");
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> value.with("", 1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> value.get(3))
        .withMessage("Index 3 is outside the 3 fields of shop.address");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> value.with(-1, 1));
  }

  @Test
  void typedGettersRefuseOtherTypesWithoutShowingTheValue() {
    UdtValue value = UdtValue.of(ADDRESS, "secret", 1000);
    TupleValue tuple = TupleValue.of(PAIR, "secret");

    assertThat(value.get("street", String.class)).isEqualTo("secret");
    assertThat(value.get(1, Integer.class)).isEqualTo(1000);
    assertThat(value.get(2, byte[].class)).isNull();
    assertThatExceptionOfType(CodecFailed.class)
        .isThrownBy(() -> value.get("street", Integer.class))
        .withMessage(
            "Column 'street', CQL type text as Java type java.lang.Integer:"
                + " it holds a java.lang.String");
    assertThat(tuple.get(0, String.class)).isEqualTo("secret");
    assertThat(tuple.get(1, Integer.class)).isNull();
    assertThatExceptionOfType(CodecFailed.class)
        .isThrownBy(() -> tuple.get(0, Integer.class))
        .withMessageStartingWith("Column '[0]', CQL type text")
        .withMessageNotContaining("secret");
  }

  @Test
  void arraysAreComparedByContent() {
    UdtValue one = UdtValue.of(ADDRESS, "Elm", 1, new byte[] {1, 2});
    UdtValue same = UdtValue.of(ADDRESS, "Elm", 1, new byte[] {1, 2});

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(one).isNotEqualTo(UdtValue.of(ADDRESS, "Elm", 1, new byte[] {1, 3}));
    assertThat(one).isNotEqualTo(TupleValue.of(PAIR));
    assertThat(TupleValue.of(PAIR, "a", 1))
        .isEqualTo(TupleValue.of(PAIR).with(0, "a").with(1, 1))
        .hasSameHashCodeAs(TupleValue.of(PAIR, "a", 1))
        .isNotEqualTo(TupleValue.of(PAIR, "a"))
        .isNotEqualTo(
            TupleValue.of(TupleType.of(PrimitiveType.TEXT, PrimitiveType.BIGINT), "a", 1));
  }

  @Test
  void doesNotShareTheArrayItIsMadeOf() {
    Object[] given = {"a", 1};
    TupleValue tuple = TupleValue.of(PAIR, given);
    given[0] = "b";

    assertThat(tuple.get(0)).isEqualTo("a");
    assertThat(tuple.size()).isEqualTo(2);
    assertThat(tuple.isNull(1)).isFalse();
    assertThat(tuple.type()).isEqualTo(PAIR);
  }

  @Test
  void refusesTooManyValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TupleValue.of(PAIR, 1, 2, 3))
        .withMessage("3 values given for the 2 components of tuple<text, int>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UdtValue.of(ADDRESS, 1, 2, 3, 4))
        .withMessage("4 values given for the 3 fields of shop.address");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> TupleValue.of(PAIR).get(2))
        .withMessage("Index 2 is outside the 2 components of tuple<text, int>");
  }

  @Test
  void textFormsShowNoValues() {
    assertThat(UdtValue.of(ADDRESS, "secret"))
        .hasToString("UdtValue[shop.address: street, Zip, photo]");
    assertThat(TupleValue.of(PAIR, "secret")).hasToString("TupleValue[tuple<text, int>]");
    assertThat(TypedValue.of(PrimitiveType.TEXT, "secret")).hasToString("TypedValue[text]");
  }

  @Test
  void typedValuesAreEqualByTypeAndValue() {
    assertThat(TypedValue.of(PrimitiveType.BIGINT, 1))
        .isEqualTo(new TypedValue(PrimitiveType.BIGINT, 1))
        .isNotEqualTo(TypedValue.of(PrimitiveType.INT, 1));
  }
}
