package cqloop.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTypesTest {

  // native_protocol_v5.spec §4.2.5.2, [option].
  @ParameterizedTest
  @CsvSource({
    "1, ascii", "2, bigint", "3, blob", "4, boolean", "5, counter", "6, decimal", "7, double",
    "8, float", "9, int", "11, timestamp", "12, uuid", "13, text", "14, varint", "15, timeuuid",
    "16, inet", "17, date", "18, time", "19, smallint", "20, tinyint", "21, duration"
  })
  void primitiveTypesHaveTheCodesOfTheProtocol(int code, String cql) {
    PrimitiveType type = PrimitiveType.ofProtocolCode(code);

    assertThat(type).isNotNull().hasToString(cql);
    assertThat(type.protocolCode()).isEqualTo(code);
    assertThat(type.cql()).isEqualTo(cql);
  }

  @ParameterizedTest
  @CsvSource({"0", "10", "22", "32", "65535", "-1"})
  void otherCodesAreNoPrimitiveTypes(int code) {
    assertThat(PrimitiveType.ofProtocolCode(code)).isNull();
  }

  @Test
  void typesAreWrittenAsCql() {
    DataType point = new VectorType(PrimitiveType.FLOAT, 3);
    DataType udt =
        new UserType("Shop", "order", List.of("a", "b"), List.of(point, PrimitiveType.INT));
    DataType nested =
        new MapType(
            PrimitiveType.TEXT,
            new ListType(new SetType(TupleType.of(PrimitiveType.INT, udt, new CustomType("a'b")))));

    assertThat(nested).hasToString("map<text, list<set<tuple<int, \"Shop\".\"order\", 'a''b'>>>>");
    assertThat(point).hasToString("vector<float, 3>");
    assertThat(nested.protocolCode()).isEqualTo(0x21);
    assertThat(new ListType(point).protocolCode()).isEqualTo(0x20);
    assertThat(new SetType(point).protocolCode()).isEqualTo(0x22);
    assertThat(udt.protocolCode()).isEqualTo(0x30);
    assertThat(TupleType.of(point).protocolCode()).isEqualTo(0x31);
    assertThat(point.protocolCode()).isZero();
  }

  @Test
  void refusesImpossibleTypes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorType(PrimitiveType.INT, 0))
        .withMessage("Dimension of a vector must be at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UserType("k", "t", List.of("a"), List.of()))
        .withMessage("User type 'k.t' has 1 field names but 0 field types");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "total, total",
        "Total, total",
        "\"Total\", Total",
        "\"a\"\"b\", a\"b",
        "İ, i̇",
        "\"\"\"\", \""
      })
  void readsNamesAsCqlDoes(String cql, String internal) {
    assertThat(CqlIdentifier.toInternal(cql)).isEqualTo(internal);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"``", "\"", "\"\"", "\"a", "\"a\"b\"", "\"a\"\"", "\"\"\""})
  void refusesOtherNames(String cql) {
    assertThatIllegalArgumentException().isThrownBy(() -> CqlIdentifier.toInternal(cql));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "total, total",
        "t_1, t_1",
        "Total, \"Total\"",
        "1a, \"1a\"",
        "_a, \"_a\"",
        "a b, \"a b\"",
        "a\"b, \"a\"\"b\"",
        "select, \"select\"",
        "é, \"é\"",
        "``, \"\""
      })
  void quotesNamesOnlyWhereTheyNeedIt(String internal, String cql) {
    assertThat(CqlIdentifier.quoteIfNeeded(internal)).isEqualTo(cql);
    if (!internal.isEmpty()) {
      assertThat(CqlIdentifier.toInternal(CqlIdentifier.quote(internal))).isEqualTo(internal);
    }
  }
}
