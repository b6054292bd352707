/** Runs the API of cqloop on the event loops of a Vert.x application. Exports nothing. */
module cqloop.netty {
  requires cqloop.api;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.vertx.core;
  requires org.jspecify;
  requires static org.lz4.java;
  requires static snappy.java;
  requires static io.vertx.codegen.api;
}
