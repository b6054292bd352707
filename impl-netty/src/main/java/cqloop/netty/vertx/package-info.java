/** Every use of the internal API of Vert.x. */
@NullMarked
package cqloop.netty.vertx;

import org.jspecify.annotations.NullMarked;
