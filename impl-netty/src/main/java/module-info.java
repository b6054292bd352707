/** Runs the API of cqloop on the event loops of a Vert.x application. Exports nothing. */
module cqloop.netty {
  requires cqloop.api;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.vertx.core;
  requires io.vertx.core.logging;
  requires java.naming;
  requires org.jspecify;
  requires static org.bouncycastle.pkix;
  requires static org.bouncycastle.provider;
  requires static org.lz4.java;
  requires static snappy.java;
  requires static io.vertx.codegen.api;

  uses cqloop.spi.AddressTranslatorProvider;
  uses cqloop.spi.AuthenticatorProvider;
  uses cqloop.spi.LoadBalancingProvider;
  uses cqloop.spi.ReconnectionProvider;
  uses cqloop.spi.RetryProvider;
  uses cqloop.spi.SpeculativeExecutionProvider;
  uses cqloop.spi.ThrottleProvider;
  uses cqloop.spi.TimestampProvider;
  uses cqloop.spi.TypeCodecProvider;

  provides cqloop.spi.Driver with
      cqloop.netty.NettyDriver;
}
