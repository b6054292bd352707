/**
 * Test tools for cqloop, its plugins and its users: scripted servers, real servers, certificates.
 */
module cqloop.testkit {
  requires transitive cqloop.api;
  requires transitive io.vertx.core;
  requires static jdk.management;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires static org.junit.jupiter.api;
  requires static org.assertj.core;
  requires static org.bouncycastle.pkix;
  requires static org.bouncycastle.provider;
  requires static org.bouncycastle.util;
  requires static testcontainers;
  requires static org.jspecify;
  requires static org.lz4.java;
  requires static snappy.java;

  exports cqloop.testkit;
  exports cqloop.testkit.containers;
  exports cqloop.testkit.fake;
  exports cqloop.testkit.junit;
  exports cqloop.testkit.scylla;
  exports cqloop.testkit.tck;

  // The policies that a policy under test decorates.
  uses cqloop.spi.AddressTranslatorProvider;
  uses cqloop.spi.AuthenticatorProvider;
  uses cqloop.spi.LoadBalancingProvider;
  uses cqloop.spi.ReconnectionProvider;
  uses cqloop.spi.RetryProvider;
  uses cqloop.spi.SpeculativeExecutionProvider;
  uses cqloop.spi.TimestampProvider;
}
