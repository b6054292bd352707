package cqloop.examples.snippets;

import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;

/** Value. Options of sessions. */
public final class Connecting {
  private Connecting() {}

  /** Options in code. */
  public static CqlOptions shop() {
    CqlOptions options =
        new CqlOptions()
            .addContactPoint("db1.internal, db2.internal:9043")
            .setLocalDatacenter("dc1")
            .setKeyspace("shop");
    options.getDefaultProfile().setConsistency(Consistency.LOCAL_QUORUM);
    options.getPool().setMaxInFlight(1024);
    return options;
  }

  /** A profile: other settings for some requests, on the same connections. */
  public static CqlOptions withReports(CqlOptions options) {
    return options.addProfile(
        "reports",
        new ProfileOptions()
            .setConsistency(Consistency.LOCAL_ONE)
            .setRequestTimeout(Duration.ofSeconds(30))
            .setSpeculativeExecution(
                new PolicyOptions("constant")
                    .setConfig(new JsonObject().put("delay", 100).put("maxExecutions", 2))));
  }

  /** A policy with its configuration. */
  public static ProfileOptions rackAware() {
    return new ProfileOptions()
        .setLoadBalancing(
            new PolicyOptions("rack-aware").setConfig(new JsonObject().put("localRack", "r1")));
  }

  /** A policy from another jar, by its name. */
  public static CqlOptions withRackFirst(CqlOptions options) {
    return options.setDefaultProfile(
        new ProfileOptions()
            .setLoadBalancing(
                new PolicyOptions("rack-first").setConfig(new JsonObject().put("rack", "r1"))));
  }

  /** Options as they stand in a configuration file. */
  public static CqlOptions fromJson() {
    return new CqlOptions(
        new JsonObject(
            """
            {
              "contactPoints": ["10.0.0.1", "10.0.0.2:9043"],
              "localDatacenter": "dc1",
              "defaultProfile": {"requestTimeout": 2000, "consistency": "LOCAL_QUORUM"}
            }
            """));
  }

  /** One session for all verticles that ask for this name; the last one to close it closes it. */
  public static Future<CqlSession> shared(Vertx vertx, CqlOptions options) {
    return CqlSession.connect(vertx, options.setSharedName("orders"));
  }

  /** Reports to whatever Vert.x was built with. */
  public static Future<CqlSession> observed(
      VertxMetricsFactory metrics, VertxTracerFactory tracing, CqlOptions options) {
    Vertx vertx = Vertx.builder().withMetrics(metrics).withTracer(tracing).build();
    return CqlSession.connect(
        vertx, options.setMetricsName("orders").setTracingPolicy(TracingPolicy.ALWAYS));
  }
}
