/** Notations, frames and segments of the native protocol as bytes; knows no message. */
@NullMarked
package cqloop.netty.wire;

import org.jspecify.annotations.NullMarked;
