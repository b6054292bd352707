package cqloop.netty.sim;

import cqloop.spi.FailedAttempt;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.ReconnectionProvider;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryProvider;
import cqloop.spi.RetryVerdict;
import cqloop.spi.SpeculativeExecutionProvider;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;

/** Not shared. Chooses the settings and the policies of a simulated client. */
final class SimSettings {

  private static final String[] BALANCING = {"default", "round-robin", "dc-aware"};
  private static final String[] RETRY = {"default", "fallthrough", "downgrading"};

  private final SimWorld world;
  private final SplittableRandom random;
  private final SimClient client;

  private SimSettings(SimWorld world, SimClient client) {
    this.world = world;
    this.random = world.random();
    this.client = client;
  }

  /**
   * Sets all of them.
   *
   * @param calm whether limits are never reached: whatever is left of them then is a leak
   */
  static void roll(SimWorld world, SimClient client, boolean calm) {
    SimSettings settings = new SimSettings(world, client);
    settings.limits();
    if (calm) {
      settings.hugeLimits();
    }
    settings.policies();
  }

  private boolean oneOf(int lots) {
    return random.nextInt(lots) == 0;
  }

  private void limits() {
    client.timeoutNanos = SimWorld.millis(random.nextLong(50, 1500));
    client.attemptTimeoutNanos = oneOf(3) ? 1 + random.nextLong(client.timeoutNanos) : 0;
    client.maxInFlight = oneOf(3) ? random.nextInt(1, 8) : 1024;
    client.maxOrphans = random.nextInt(1, 40);
    client.maxOrphanAgeNanos = SimWorld.millis(random.nextInt(500, 5_000));
    client.queueSize = oneOf(3) ? random.nextInt(20) : 1000;
    client.connectionsPerNode = random.nextInt(1, 4);
    client.maxAttempts = random.nextInt(1, 6);
    client.heartbeatNanos = oneOf(2) ? 0 : SimWorld.millis(random.nextLong(50, 3000));
    client.idleNanos = oneOf(2) ? 0 : 2 * client.heartbeatNanos;
    client.handshakeNanos = SimWorld.millis(random.nextLong(200, 5000));
    client.keyspace = oneOf(2) ? null : "Shop";
    client.compression = oneOf(3) ? "lz4" : null;
  }

  private void hugeLimits() {
    client.timeoutNanos = SimWorld.seconds(300);
    client.attemptTimeoutNanos = oneOf(2) ? SimWorld.seconds(200) : 0;
    client.handshakeNanos = SimWorld.seconds(300);
    client.heartbeatNanos = SimWorld.seconds(200);
    client.idleNanos = SimWorld.seconds(300);
  }

  private void policies() {
    long delay = random.nextLong(1, 500);
    // Exponential delays vary by 15 per cent.
    client.reconnectMillis = Math.max(1, delay * 8 / 10);
    if (oneOf(2)) {
      client.reconnection = () -> () -> delay;
    } else {
      JsonObject config = new JsonObject().put("baseDelay", delay).put("maxDelay", 2000);
      client.reconnection =
          SimPolicies.named(ReconnectionProvider.class, "exponential", config, world);
    }
    client.retry =
        oneOf(4)
            ? this::anyVerdict
            : SimPolicies.named(RetryProvider.class, any(RETRY), new JsonObject(), world);
    if (!oneOf(3)) {
      client.loadBalancing =
          SimPolicies.named(LoadBalancingProvider.class, any(BALANCING), new JsonObject(), world);
    }
    if (oneOf(3)) {
      JsonObject config =
          new JsonObject()
              .put("delay", random.nextLong(100))
              .put("maxExecutions", random.nextInt(1, 3));
      client.speculation =
          SimPolicies.named(SpeculativeExecutionProvider.class, "constant", config, world);
    }
  }

  private String any(String[] names) {
    return names[random.nextInt(names.length)];
  }

  /** What the worst policy may say, within what it is asked. */
  private RetryVerdict anyVerdict(FailedAttempt failure) {
    RetryDecision decision = RetryDecision.values()[random.nextInt(3)];
    long delay = oneOf(3) ? random.nextLong(50) : 0;
    return new RetryVerdict(decision, delay, null);
  }
}
