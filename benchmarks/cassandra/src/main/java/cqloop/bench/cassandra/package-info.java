/** A real server for the runs that need one. */
@NullMarked
package cqloop.bench.cassandra;

import org.jspecify.annotations.NullMarked;
