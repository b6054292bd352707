/** Tells the metrics and the tracer of Vert.x of each request; absent where there is neither. */
@NullMarked
package cqloop.netty.observe;

import org.jspecify.annotations.NullMarked;
