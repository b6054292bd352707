/**
 * Test tools for cqloop, its plugins and its users: scripted servers, real servers, certificates.
 */
module cqloop.testkit {
  requires transitive io.vertx.core;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires static transitive org.junit.jupiter.api;
  requires static org.jspecify;
  requires static org.lz4.java;
  requires static snappy.java;

  exports cqloop.testkit;
  exports cqloop.testkit.fake;
  exports cqloop.testkit.junit;
}
