package cqloop.bench.run;

import cqloop.bench.spi.Origin;

/** Value. The clients of a run, in the order of tables and plots. */
enum ClientKind {
  RAW("raw", "cqloop.bench.raw.RawLoad", "harness", 0),
  RAW_DECODE("raw-decode", "cqloop.bench.raw.RawDecodeLoad", "harness", 0),
  CQLOOP("cqloop", "cqloop.bench.cqloop.CqloopClient", "clients/cqloop", 2),
  APACHE("apache", "cqloop.bench.apache.ApacheClient", "clients/apache", 1),
  SCYLLA("scylla", "cqloop.bench.apache.ApacheClient", "clients/scylla", 1),
  VERTX_CASSANDRA(
      "vertx-cassandra",
      "cqloop.bench.vertxcassandra.VertxCassandraClient",
      "clients/vertx-cassandra",
      2);

  final String label;
  final String className;
  final String module;
  private final int callers;

  /**
   * {@code callers}: 0 its own loop only, 1 a callback or a plain thread, 2 everything that Vert.x
   * has.
   */
  ClientKind(String label, String className, String module, int callers) {
    this.label = label;
    this.className = className;
    this.module = module;
    this.callers = callers;
  }

  boolean supports(Variant variant) {
    if (callers == 2) {
      return true;
    }
    Origin origin = variant.origin();
    boolean oneLoop = variant.eventLoops() == 1;
    return oneLoop && (origin == Origin.CALLBACK || callers == 1 && origin == Origin.PLAIN);
  }
}
