package cqloop.netty.schema;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types and patterns of names, read from text that may be anything. */
class SchemaTextTest {

  private static final UserType ODD =
      new UserType("ks", "Odd \"T", List.of("a"), List.of(PrimitiveType.INT));

  @Test
  void readsTypesInTypes() {
    assertThat(parse("frozen<map<text, frozen<list<frozen<\"Odd \"\"T\">>>>>"))
        .isEqualTo(new MapType(PrimitiveType.TEXT, new ListType(ODD)));
    assertThat(parse("tuple<int, varchar, vector<float, 3>>"))
        .isEqualTo(
            TupleType.of(
                PrimitiveType.INT, PrimitiveType.TEXT, new VectorType(PrimitiveType.FLOAT, 3)));
    assertThat(parse("'org.example.Own'")).isEqualTo(new CustomType("org.example.Own"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<",
        "empty",
        "list",
        "list<",
        "list<int",
        "list<int>>",
        "list<int, int>",
        "map<int>",
        "map<int int>",
        "tuple<>",
        "vector<float>",
        "vector<float, 0>",
        "vector<float, 99999999999>",
        "unknown<int>",
        "missing_type",
        "\"Odd",
        "\"missing\"",
        "'open",
        "int text"
      })
  void whatCannotBeReadIsACustomTypeWithTheWholeText(String text) {
    assertThat(parse(text)).isEqualTo(new CustomType(text));
  }

  @Test
  void deepNestingEndsBeforeTheStackDoes() {
    String deep = "list<".repeat(100_000) + "int" + ">".repeat(100_000);
    assertThat(parse(deep)).isEqualTo(new CustomType(deep));
  }

  @Test
  void unfrozenTakesOneFrozenAway() {
    assertThat(TypeText.unfrozen("frozen<tuple<int, frozen<list<int>>>>"))
        .isEqualTo("tuple<int, frozen<list<int>>>");
    assertThat(TypeText.unfrozen("list<frozen<list<int>>>")).isEqualTo("list<frozen<list<int>>>");
  }

  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, shop2, false",
    "shop*, shop2, true",
    "*_old, a_old_old, true",
    "*_old, a_older, false",
    "sh?p, shop, true",
    "sh?p, shp, false",
    "*a*b*c, xaxbxc, true",
    "*a*b*c, xaxbx, false",
    "*, '', true"
  })
  void patternsMatchWholeNames(String pattern, String name, boolean matches) {
    assertThat(new KeyspaceFilter(List.of(pattern), List.of()).accepts(name)).isEqualTo(matches);
    assertThat(new KeyspaceFilter(List.of(), List.of(pattern)).accepts(name)).isEqualTo(!matches);
  }

  private static DataType parse(String text) {
    return TypeText.parse(text, name -> name.equals(ODD.name()) ? ODD : null);
  }
}
