package cqloop.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenericTypeTest {

  @Test
  void capturedAndBuiltTypesAreEqual() {
    GenericType<Map<String, Set<List<Integer>>>> built =
        GenericType.mapOf(
            GenericType.of(String.class), GenericType.setOf(GenericType.listOf(Integer.class)));

    assertThat(new GenericType<Map<String, Set<List<Integer>>>>() {})
        .isEqualTo(built)
        .hasSameHashCodeAs(built)
        .hasToString(
            "java.util.Map<java.lang.String, java.util.Set<java.util.List<java.lang.Integer>>>");
    assertThat(new GenericType<Optional<String>>() {})
        .isEqualTo(GenericType.optionalOf(String.class));
    assertThat(new GenericType<String>() {}).isEqualTo(GenericType.of(String.class));
    assertThat(new GenericType<List<String>>() {}).isNotEqualTo(GenericType.setOf(String.class));
    assertThat(GenericType.listOf(String.class)).isNotEqualTo(GenericType.listOf(Integer.class));
    assertThat(GenericType.mapOf(String.class, Integer.class))
        .isEqualTo(new GenericType<Map<String, Integer>>() {});
    assertThat(GenericType.setOf(Integer.class)).isEqualTo(new GenericType<Set<Integer>>() {});
    assertThat(GenericType.optionalOf(GenericType.of(Integer.class)))
        .isEqualTo(new GenericType<Optional<Integer>>() {});
  }

  @Test
  void tellsRawTypeAndArguments() {
    GenericType<Map<String, List<Integer>>> type = new GenericType<>() {};

    assertThat(type.rawType()).isEqualTo(Map.class);
    assertThat(type.arguments())
        .containsExactly(GenericType.of(String.class), GenericType.listOf(Integer.class));
    assertThat(GenericType.of(String.class).arguments()).isEmpty();
    assertThat(GenericType.of(String.class).rawType()).isEqualTo(String.class);
  }

  @Test
  void primitivesCountAsTheirWrappers() {
    assertThat(GenericType.of(int.class)).isEqualTo(GenericType.of(Integer.class));
    assertThat(GenericType.of(byte[].class).rawType()).isEqualTo(byte[].class);
  }

  @Test
  void wildcardsCountAsTheirBounds() {
    assertThat(new GenericType<List<? extends String>>() {})
        .isEqualTo(GenericType.listOf(String.class));
  }

  @Test
  void arraysOfGenericTypesAreArraysOfTheirClass() {
    assertThat(new GenericType<List<String>[]>() {}).isEqualTo(GenericType.of(List[].class));
  }

  @Test
  void refusesTypeVariables() {
    assertThatIllegalArgumentException()
        .isThrownBy(GenericTypeTest::<String>captureVariable)
        .withMessage("Type 'E' has no fixed Java class; name the type itself");
  }

  @Test
  @SuppressWarnings("rawtypes")
  void refusesACaptureWithoutArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GenericType() {})
        .withMessageStartingWith("A GenericType is captured as ");
  }

  private static <E> GenericType<List<E>> captureVariable() {
    return new GenericType<>() {};
  }
}
