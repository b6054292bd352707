/** The Vert.x Cassandra client under the common load loop. */
@NullMarked
package cqloop.bench.vertxcassandra;

import org.jspecify.annotations.NullMarked;
