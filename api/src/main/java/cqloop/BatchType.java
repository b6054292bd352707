package cqloop;

import io.vertx.codegen.annotations.VertxGen;

/** Value. The kind of a batch; the byte on the wire is the ordinal. */
@VertxGen
public enum BatchType {
  LOGGED,
  UNLOGGED,
  COUNTER
}
