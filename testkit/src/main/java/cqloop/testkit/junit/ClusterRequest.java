package cqloop.testkit.junit;

import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraClusterBuilder;
import cqloop.testkit.ServerLine;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Value. What the annotation of a test class asks for, and the line the run asks for. */
final class ClusterRequest {
  /** System property: the server line that all tests run on. */
  static final String SERVER = "cqloop.test.server";

  private final List<String> lines;
  private final @Nullable CassandraClusterTest own;

  private ClusterRequest(List<String> lines, @Nullable CassandraClusterTest own) {
    this.lines = lines;
    this.own = own;
  }

  static ClusterRequest of(Class<?> testClass) {
    for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
      Optional<CassandraClusterTest> own =
          AnnotationSupport.findAnnotation(type, CassandraClusterTest.class);
      if (own.isPresent()) {
        return new ClusterRequest(List.of(own.get().lines()), own.get());
      }
      Optional<CassandraTest> shared = AnnotationSupport.findAnnotation(type, CassandraTest.class);
      if (shared.isPresent()) {
        return new ClusterRequest(List.of(shared.get().lines()), null);
      }
    }
    return new ClusterRequest(List.of(), null);
  }

  /** Whether the class gets a cluster of its own. */
  boolean isPrivate() {
    return own != null;
  }

  /** Why the class cannot run on the line that the run names; null when it can. */
  @Nullable String mismatch() {
    String asked = System.getProperty(SERVER, "");
    if (asked.isBlank() || lines.isEmpty() || lines.contains(asked)) {
      return null;
    }
    return "-D" + SERVER + "=" + asked + ", but these tests are for Cassandra " + lines + " only.";
  }

  ServerLine line() {
    String asked = System.getProperty(SERVER, "");
    if (!asked.isBlank()) {
      return ServerLine.of(asked);
    }
    String standard = ServerLine.V5_0.version();
    return lines.isEmpty() || lines.contains(standard)
        ? ServerLine.V5_0
        : ServerLine.of(lines.get(0));
  }

  CassandraCluster start() {
    CassandraClusterBuilder builder = CassandraCluster.builder().line(line());
    if (own == null) {
      return builder.queryRecorder().start();
    }
    builder.layout(own.layout()).jvmFlags(own.jvmFlags());
    if (own.passwordAuth()) {
      builder.passwordAuth();
    }
    if (own.queryRecorder()) {
      builder.queryRecorder();
    }
    if (own.crashSafe()) {
      builder.crashSafe();
    }
    if (own.behindFronts()) {
      builder.behindFronts();
    }
    for (String setting : own.yaml()) {
      int colon = setting.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("'" + setting + "' is not of the form key: value.");
      }
      builder.yaml(setting.substring(0, colon).strip(), setting.substring(colon + 1).strip());
    }
    return builder.start();
  }
}
