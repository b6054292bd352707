/** The tour of cqloop and the snippets of its documentation. Not published. */
module cqloop.examples {
  requires cqloop.api;
  requires cqloop.auth;
  requires cqloop.testkit;
  requires info.picocli;
  requires io.vertx.core;
  requires org.jspecify;
  requires static io.vertx.codegen.api;

  // To picocli for its fields, and to the driver for the records that rows become.
  opens cqloop.examples;

  exports cqloop.examples;
  exports cqloop.examples.snippets;
}
