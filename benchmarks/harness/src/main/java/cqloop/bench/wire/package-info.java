/** The few pieces of the native protocol that the stub server and the raw client share. */
@NullMarked
package cqloop.bench.wire;

import org.jspecify.annotations.NullMarked;
