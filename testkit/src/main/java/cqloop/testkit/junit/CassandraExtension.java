package cqloop.testkit.junit;

import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.ServerUnavailableException;
import cqloop.testkit.process.ServerRuntime;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives test classes their real nodes; used through {@link CassandraTest} and {@link
 * CassandraClusterTest}. The shared node lives in the root store, which JUnit closes after the last
 * test of the run.
 */
public final class CassandraExtension
    implements ExecutionCondition, BeforeAllCallback, ParameterResolver, TestWatcher {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(CassandraExtension.class);

  private static final AtomicInteger KEYSPACES = new AtomicInteger();

  // Cassandra's limit of a keyspace name is 48 characters.
  private static final int MOST_CLASS_NAME_CHARACTERS = 36;

  /** Called by JUnit. */
  public CassandraExtension() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent() || context.getTestClass().isEmpty()) {
      return ConditionEvaluationResult.enabled("decided for the whole class");
    }
    ClusterRequest request = ClusterRequest.of(context.getRequiredTestClass());
    String mismatch = request.mismatch();
    if (mismatch != null) {
      return ConditionEvaluationResult.disabled(mismatch);
    }
    try {
      ServerRuntime.find(request.line());
    } catch (ServerUnavailableException e) {
      return ConditionEvaluationResult.disabled(e.getMessage());
    }
    return ConditionEvaluationResult.enabled("the server's jars and a JDK 17 are here");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (fixture(context) != null) {
      // A nested class: it shares the keyspace of the class around it.
      return;
    }
    Class<?> testClass = context.getRequiredTestClass();
    ClusterRequest request = ClusterRequest.of(testClass);
    ExtensionContext owner = request.isPrivate() ? context : context.getRoot();
    // A store sees what its parents hold: a private cluster must not be found as the shared one.
    String kind = request.isPrivate() ? "private cluster " : "cluster ";
    CassandraCluster cluster =
        owner
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                kind + request.line(), key -> request.start(), CassandraCluster.class);
    String keyspace = createKeyspace(cluster, testClass);
    context.getStore(NAMESPACE).put(Fixture.class, new Fixture(cluster, keyspace));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == CassandraNode.class
        || type == CassandraCluster.class
        || type == InetSocketAddress.class
        || (type == String.class && parameter.isAnnotated(TestKeyspace.class));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Fixture fixture = fixture(context);
    if (fixture == null) {
      throw new IllegalStateException("Parameters of a node can be had from @BeforeAll on only.");
    }
    Class<?> type = parameter.getParameter().getType();
    if (type == CassandraCluster.class) {
      return fixture.cluster;
    }
    if (type == String.class) {
      return fixture.keyspace;
    }
    CassandraNode first = fixture.cluster.node(0);
    return type == CassandraNode.class ? first : first.address();
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    Fixture fixture = fixture(context);
    if (fixture != null) {
      System.err.println(
          context.getDisplayName() + " failed; from the logs:\n" + fixture.cluster.troubles());
    }
  }

  private static @Nullable Fixture fixture(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Fixture.class, Fixture.class);
  }

  private static String createKeyspace(CassandraCluster cluster, Class<?> testClass) {
    String name = testClass.getSimpleName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String shortName = name.substring(0, Math.min(name.length(), MOST_CLASS_NAME_CHARACTERS));
    String keyspace = "ks_" + shortName + "_" + KEYSPACES.incrementAndGet();
    StringBuilder replication = new StringBuilder("'class': 'NetworkTopologyStrategy'");
    cluster.nodes().stream()
        .map(CassandraNode::datacenter)
        .distinct()
        .forEach(
            datacenter ->
                replication
                    .append(", '")
                    .append(datacenter)
                    .append("': ")
                    .append(replicas(cluster, datacenter)));
    cluster
        .node(0)
        .execute("CREATE KEYSPACE " + keyspace + " WITH replication = {" + replication + "}");
    cluster.awaitAgreement();
    return keyspace;
  }

  /** All nodes of the data centre, at most three. */
  private static long replicas(CassandraCluster cluster, String datacenter) {
    long nodes =
        cluster.nodes().stream().filter(node -> node.datacenter().equals(datacenter)).count();
    return Math.min(nodes, 3);
  }

  /** Value. What the tests of one class get. */
  private static final class Fixture {
    final CassandraCluster cluster;
    final String keyspace;

    Fixture(CassandraCluster cluster, String keyspace) {
      this.cluster = cluster;
      this.keyspace = keyspace;
    }
  }
}
