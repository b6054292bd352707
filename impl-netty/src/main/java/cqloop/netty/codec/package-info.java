/**
 * Turns CQL values into Java objects and back: the codecs, their registry, and the binding of
 * values.
 */
@NullMarked
package cqloop.netty.codec;

import org.jspecify.annotations.NullMarked;
