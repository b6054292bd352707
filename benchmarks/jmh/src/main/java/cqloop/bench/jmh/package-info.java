/** JMH benchmarks of the parts that every request passes: codecs, frames, rows. */
@NullMarked
package cqloop.bench.jmh;

import org.jspecify.annotations.NullMarked;
