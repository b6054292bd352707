/** The floor: requests encoded in advance, blocking socket, answers counted or decoded by hand. */
@NullMarked
package cqloop.bench.raw;

import org.jspecify.annotations.NullMarked;
