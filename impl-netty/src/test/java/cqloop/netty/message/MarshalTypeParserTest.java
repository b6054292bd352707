package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.ProtocolViolation;
import cqloop.type.CustomType;
import cqloop.type.ListType;
import cqloop.type.PrimitiveType;
import cqloop.type.UserType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Class expressions as servers send them; random ones are compared in RowsOracleTest. */
class MarshalTypeParserTest {

  private static final String PACKAGE = "org.apache.cassandra.db.marshal.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "DurationType = duration",
        "DateType = timestamp",
        "LexicalUUIDType = uuid",
        "ReversedType(TimeUUIDType) = timeuuid",
        "FrozenType( SetType ( UTF8Type ) ) = set<text>",
        "MapType(UTF8Type,ReversedType(Int32Type)) = map<text, int>",
        "TupleType(Int32Type, TupleType(ByteType)) = tuple<int, tuple<tinyint>>",
        "VectorType(FloatType , 3) = vector<float, 3>",
        "VectorType(VectorType(ShortType,2),1536) = vector<vector<smallint, 2>, 1536>",
      })
  void readsExpressions(String expression, String cql) {
    assertThat(MarshalTypeParser.parse(expression.strip()).cql()).isEqualTo(cql.strip());
    String qualified = expression.strip().replaceAll("([A-Z][A-Za-z0-9]+)", PACKAGE + "$1");
    assertThat(MarshalTypeParser.parse(qualified).cql()).isEqualTo(cql.strip());
  }

  @Test
  void readsUserTypesWithHexNames() {
    assertThat(MarshalTypeParser.parse(PACKAGE + "UserType(ks,61c3bc,66:Int32Type, 67 :UTF8Type)"))
        .isEqualTo(
            new UserType(
                "ks", "aü", List.of("f", "g"), List.of(PrimitiveType.INT, PrimitiveType.TEXT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.example.MyType",
        "org.apache.cassandra.db.marshal.PointType",
        "org.apache.cassandra.db.marshal.CompositeType(Int32Type,UTF8Type)",
        "org.apache.cassandra.db.marshal.DynamicCompositeType(a=>BytesType,b=>(x))",
        "",
        ")(",
      })
  void keepsUnknownClassesWhole(String expression) {
    assertThat(MarshalTypeParser.parse(expression)).isEqualTo(new CustomType(expression));
  }

  @Test
  void keepsAnUnknownClassWithinAKnownOne() {
    assertThat(MarshalTypeParser.parse("ListType( com.example.X(a,(b)) )"))
        .isEqualTo(new ListType(new CustomType("com.example.X(a,(b))")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ListType",
        "ListType(",
        "ListType(Int32Type",
        "ListType(Int32Type))",
        "MapType(Int32Type)",
        "VectorType(FloatType)",
        "VectorType(FloatType,0)",
        "VectorType(FloatType,-1)",
        "VectorType(FloatType,99999999999)",
        "VectorType(FloatType,x)",
        "UserType(ks,6)",
        "UserType(ks,zz)",
        "UserType(ks,61,66)",
        "Int32Type(",
      })
  void refusesKnownClassesWithWrongParameters(String expression) {
    assertThatThrownBy(() -> MarshalTypeParser.parse(expression))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("is expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ListType(", "FrozenType(", "TupleType(", "VectorType("})
  void limitsNesting(String opening) {
    for (int depth : new int[] {33, 100, 10_000}) {
      String bomb = opening.repeat(depth);
      assertThatThrownBy(() -> MarshalTypeParser.parse(bomb))
          .isInstanceOf(ProtocolViolation.class)
          .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    }
    String deepest = "ListType(".repeat(31) + "Int32Type" + ")".repeat(31);
    assertThat(MarshalTypeParser.parse(deepest).cql()).startsWith("list<list<");
  }

  @Test
  void passesOverDeepParametersOfUnknownClassesWithoutRecursion() {
    String deep = "X" + "(".repeat(30_000) + ")".repeat(30_000);
    assertThat(MarshalTypeParser.parse(deep)).isEqualTo(new CustomType(deep));
  }
}
