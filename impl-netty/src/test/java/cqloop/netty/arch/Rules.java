package cqloop.netty.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** Value. The rules of the architecture, each with the reason why it is one. */
final class Rules {
  /**
   * Packages of the driver, top first: each may use only those after it. {@code vertx} stands high
   * because it implements the transport that connections are given.
   */
  static final List<String> LAYERS =
      List.of(
          "session", "cloud", "vertx", "exec", "observe", "engine", "schema", "cluster", "pool",
          "conn", "tls", "row", "codec", "message", "wire", "loop");

  /** Types of Vert.x's internal API that all of the driver may name: stable since 5.1. */
  static final Set<String> INTERNAL_TYPES =
      Set.of(
          "io.vertx.core.internal.ContextInternal",
          "io.vertx.core.internal.PromiseInternal",
          "io.vertx.core.internal.VertxInternal",
          "io.vertx.core.internal.concurrent.InboundMessageQueue",
          "io.vertx.core.internal.net.NetSocketInternal");

  /** Below the session, the only classes that hand tasks to a loop: always to their own. */
  static final Set<String> OWN_LOOP =
      Set.of(
          // One flush at the end of a turn of the loop.
          "cqloop.netty.conn.Outbox",
          // Back from the future of an authenticator, which may complete on any thread.
          "cqloop.netty.conn.Handshake",
          // What the answers of one turn have told of tablets, handed on together.
          "cqloop.netty.engine.TabletLearner",
          // Deadlines that a late timer finds expired, after the reads that wait.
          "cqloop.netty.loop.Deadlines",
          // The next slice of long work, after the requests that wait.
          "cqloop.netty.schema.Slices",
          // Back from the resolution of names.
          "cqloop.netty.cluster.ClusterReading");

  private static final String[] POLICIES = {
    "cqloop.auth..", "cqloop.loadbalancing..", "cqloop.retry.."
  };
  private static final String[] BELOW_SESSION = belowSession();

  private Rules() {}

  static ArchRule layers() {
    List<ArchRule> rules = new ArrayList<>();
    for (int i = 1; i < LAYERS.size(); i++) {
      List<String> above = new ArrayList<>(List.of("cqloop.netty"));
      LAYERS.subList(0, i).forEach(layer -> above.add("cqloop.netty." + layer + ".."));
      rules.add(
          noClasses()
              .that()
              .resideInAPackage("cqloop.netty." + LAYERS.get(i) + "..")
              .should()
              .dependOnClassesThat(resideInAnyPackage(above.toArray(new String[0])))
              .because("calls go down only; what goes up is a result")
              .allowEmptyShould(true));
    }
    return CompositeArchRule.of(rules).as("packages use only those below them: " + LAYERS);
  }

  static ArchRule policiesSeeOnlyTheApi() {
    return noClasses()
        .that()
        .resideInAnyPackage(POLICIES)
        .should()
        .dependOnClassesThat(resideInAnyPackage("cqloop.netty..", "cqloop.testkit.."))
        .because("whoever writes a policy has the API and no more");
  }

  static ArchRule driverNamesNoPolicy() {
    return noClasses()
        .that()
        .resideInAPackage("cqloop.netty..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(POLICIES))
        .because("policies are found by name, ours like anybody's");
  }

  static ArchRule testkitIsIndependent() {
    return noClasses()
        .that()
        .resideInAPackage("cqloop.testkit..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("cqloop.netty.."))
        .because("an error in our wire format must not be mirrored by the server that tests it");
  }

  static ArchRule vertxInternalsStayInOnePackage() {
    DescribedPredicate<JavaClass> internals =
        resideInAnyPackage("io.vertx.core.internal..", "io.vertx.core.impl..")
            .and(DescribedPredicate.not(resideInAPackage("io.vertx.core.internal.logging..")))
            .and(
                describe(
                    "are not one of the five that are allowed",
                    type -> !INTERNAL_TYPES.contains(type.getName())));
    return noClasses()
        .that()
        .resideInAPackage("cqloop..")
        .and()
        .resideOutsideOfPackages("cqloop.netty.vertx..", "cqloop.bench..", "cqloop.testkit..")
        .should()
        .dependOnClassesThat(internals)
        .because("an upgrade of Vert.x may break cqloop.netty.vertx and nothing else");
  }

  static ArchRule onlyTheSessionHops() {
    return noClasses()
        .that()
        .resideInAnyPackage(BELOW_SESSION)
        .and(
            describe(
                "are none of those that may defer on their own loop",
                type -> !OWN_LOOP.contains(outermost(type))))
        .should()
        .accessTargetWhere(
            describe(
                "hands a task to an executor",
                access ->
                    access.getTargetOwner().isAssignableTo(Executor.class)
                        && Set.of("execute", "submit", "invokeAll").contains(name(access))))
        .because("a request changes its thread twice at most: into its loop and back");
  }

  static ArchRule timeAndChanceComeFromOutside() {
    return noClasses()
        .that()
        .resideInAnyPackage(BELOW_SESSION)
        .should()
        .accessTargetWhere(
            describe("asks the machine for time, chance or a thread", Rules::asksTheMachine))
        .because("a simulation must be able to decide them; arguments bring them");
  }

  private static boolean asksTheMachine(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    return switch (owner) {
      case "java.lang.System" -> Set.of("currentTimeMillis", "nanoTime").contains(name(access));
      case "java.lang.Math" -> name(access).equals("random");
      case "java.util.UUID" -> name(access).equals("randomUUID");
      case "java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime" ->
          name(access).equals("now");
      case "java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom" ->
          name(access).equals("<init>");
      case "java.util.concurrent.ThreadLocalRandom" -> name(access).equals("current");
      case "java.lang.Thread" -> true;
      case "io.vertx.core.Vertx" -> name(access).startsWith("set") || name(access).equals("timer");
      default -> false;
    };
  }

  private static String name(JavaAccess<?> access) {
    return access.getTarget().getName();
  }

  private static String outermost(JavaClass type) {
    int nested = type.getName().indexOf('$');
    return nested < 0 ? type.getName() : type.getName().substring(0, nested);
  }

  private static String[] belowSession() {
    return LAYERS.stream()
        .filter(layer -> !Set.of("session", "cloud", "vertx").contains(layer))
        .map(layer -> "cqloop.netty." + layer + "..")
        .toArray(String[]::new);
  }
}
