/** What a client under test implements, and the data that every client reads and writes. */
@NullMarked
package cqloop.bench.spi;

import org.jspecify.annotations.NullMarked;
