package cqloop.testkit.containers;

import cqloop.testkit.process.NodeProbe;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * Containers of servers that speak CQL, from their official images. Needs {@code
 * org.testcontainers:testcontainers} on the test class path; use {@link EnabledIfDocker} on the
 * test class.
 */
public final class CqlContainers {
  /** The port for clients inside the container. */
  public static final int CQL_PORT = 9042;

  /** Scylla's port on which the client's source port chooses the shard. */
  public static final int SHARD_AWARE_PORT = 19042;

  // Pulling an image is not part of it; a cold server on a busy machine takes a minute.
  private static final Duration STARTUP = Duration.ofMinutes(4);

  private CqlContainers() {}

  /**
   * One Cassandra node; not started yet.
   *
   * @param tag of the image {@code cassandra}, for example {@code "5"}
   * @return the container; {@code start()} returns when it answers OPTIONS with SUPPORTED
   */
  public static GenericContainer<?> cassandra(String tag) {
    return new GenericContainer<>(DockerImageName.parse("cassandra:" + tag))
        .withExposedPorts(CQL_PORT)
        .withEnv("MAX_HEAP_SIZE", "512M")
        .withEnv("HEAP_NEWSIZE", "128M")
        .withEnv(
            "JVM_EXTRA_OPTS",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0 -Dcassandra.ring_delay_ms=0"
                + " -Dcassandra.superuser_setup_delay_ms=0")
        .waitingFor(new AnswersOptions());
  }

  /**
   * One ScyllaDB node with two shards; not started yet.
   *
   * @param tag of the image {@code scylladb/scylla}, for example {@code "6.2"}
   * @return the container; {@code start()} returns when it answers OPTIONS with SUPPORTED
   */
  public static GenericContainer<?> scylla(String tag) {
    return new GenericContainer<>(DockerImageName.parse("scylladb/scylla:" + tag))
        .withExposedPorts(CQL_PORT, SHARD_AWARE_PORT)
        .withCommand(
            "--smp", "2", "--memory", "1G", "--overprovisioned", "1", "--developer-mode", "1")
        .waitingFor(new AnswersOptions());
  }

  /**
   * Where clients of a started container connect.
   *
   * @param container from this class
   * @return the mapped port on the Docker host
   */
  public static InetSocketAddress address(GenericContainer<?> container) {
    return new InetSocketAddress(container.getHost(), container.getMappedPort(CQL_PORT));
  }

  /** Waits for the protocol, not for a log line. */
  private static final class AnswersOptions extends AbstractWaitStrategy {
    AnswersOptions() {
      withStartupTimeout(STARTUP);
    }

    @Override
    protected void waitUntilReady() {
      InetSocketAddress address =
          new InetSocketAddress(
              waitStrategyTarget.getHost(), waitStrategyTarget.getMappedPort(CQL_PORT));
      new NodeProbe(address, null).awaitAnswer(startupTimeout);
    }
  }
}
