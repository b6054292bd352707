/** The public face of cqloop: interfaces, immutable values and the SPI of plug-in authors. */
module cqloop.api {
  // Vert.x writes JSON with it, but leaves it to others to require it.
  requires com.fasterxml.jackson.core;
  requires transitive io.vertx.core;
  requires transitive io.netty.buffer;
  requires transitive org.jspecify;
  requires static io.vertx.codegen.api;
  requires static io.vertx.codegen.json;
  // For those who have it.
  requires static micrometer.core;

  exports cqloop;
  exports cqloop.error;
  exports cqloop.metadata;
  exports cqloop.metrics;
  exports cqloop.micrometer;
  exports cqloop.spi;
  exports cqloop.type;

  uses cqloop.spi.Driver;
}
