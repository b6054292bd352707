/** Vert.x as an application would start it, for the clients that need it; they bring its jars. */
@NullMarked
package cqloop.bench.vertx;

import org.jspecify.annotations.NullMarked;
