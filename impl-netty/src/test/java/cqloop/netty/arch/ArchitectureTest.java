package cqloop.netty.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import cqloop.netty.conn.planted.UsesInternals;
import cqloop.netty.engine.planted.Hops;
import cqloop.netty.exec.planted.NamesAPolicy;
import cqloop.netty.pool.planted.AsksTheMachine;
import cqloop.netty.wire.planted.CallsUpward;
import cqloop.retry.planted.NamesTheDriver;
import cqloop.testkit.planted.MirrorsTheDriver;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds for the code, and fails for a class that was planted to break it. */
class ArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("cqloop");

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("layers", Rules.layers(), CallsUpward.class),
        Arguments.of("policies", Rules.policiesSeeOnlyTheApi(), NamesTheDriver.class),
        Arguments.of("driver", Rules.driverNamesNoPolicy(), NamesAPolicy.class),
        Arguments.of("testkit", Rules.testkitIsIndependent(), MirrorsTheDriver.class),
        Arguments.of("internals", Rules.vertxInternalsStayInOnePackage(), UsesInternals.class),
        Arguments.of("hops", Rules.onlyTheSessionHops(), Hops.class),
        Arguments.of("world", Rules.timeAndChanceComeFromOutside(), AsksTheMachine.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void holdsForTheCode(String name, ArchRule rule, Class<?> planted) {
    rule.check(CODE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void failsForAPlantedViolation(String name, ArchRule rule, Class<?> planted) {
    JavaClasses only = new ClassFileImporter().importClasses(planted);

    var result = rule.evaluate(only);

    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains(planted.getSimpleName());
  }

  @Test
  void everyPackageOfTheDriverIsALayer() {
    assertThat(CODE)
        .filteredOn(type -> type.getPackageName().startsWith("cqloop.netty."))
        .extracting(JavaClass::getPackageName)
        .allSatisfy(
            name ->
                assertThat(Rules.LAYERS)
                    .contains(name.substring("cqloop.netty.".length()).split("\\.")[0]));
  }

  @Test
  void seesAllModules() {
    assertThat(CODE)
        .extracting(JavaClass::getPackageName)
        .contains("cqloop", "cqloop.spi", "cqloop.netty", "cqloop.netty.session", "cqloop.auth")
        .contains("cqloop.loadbalancing", "cqloop.retry", "cqloop.testkit");
  }
}
