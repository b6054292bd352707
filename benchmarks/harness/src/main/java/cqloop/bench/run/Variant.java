package cqloop.bench.run;

import cqloop.bench.spi.Origin;

/**
 * Value. How clients are connected and from where they are called; one JVM per client and variant.
 */
record Variant(int version, boolean lz4, boolean tls, Origin origin, int eventLoops) {
  static Variant plain(int version) {
    return new Variant(version, false, false, Origin.CALLBACK, 1);
  }

  Variant withLz4() {
    return new Variant(version, true, tls, origin, eventLoops);
  }

  Variant withTls() {
    return new Variant(version, lz4, true, origin, eventLoops);
  }

  Variant from(Origin caller) {
    return new Variant(version, lz4, tls, caller, eventLoops);
  }

  Variant onEventLoops(int count) {
    return new Variant(version, lz4, tls, origin, count);
  }

  String label() {
    return "v"
        + version
        + (lz4 ? "+lz4" : "")
        + (tls ? "+tls" : "")
        + (origin == Origin.WORKER ? " worker" : "")
        + (origin == Origin.PLAIN ? " plain-thread" : "")
        + (eventLoops > 1 ? " " + eventLoops + "-loops" : "");
  }
}
