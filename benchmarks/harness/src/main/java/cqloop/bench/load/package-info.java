/**
 * The load loop, its figures and the main class of a client's JVM; needs no library but
 * HdrHistogram.
 */
@NullMarked
package cqloop.bench.load;

import org.jspecify.annotations.NullMarked;
