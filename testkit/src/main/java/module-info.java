/**
 * Test tools for cqloop, its plugins and its users: scripted servers, real servers, certificates.
 */
module cqloop.testkit {
  requires transitive io.vertx.core;
  requires static transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports cqloop.testkit;
  exports cqloop.testkit.junit;
}
