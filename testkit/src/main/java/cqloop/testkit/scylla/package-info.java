/** A front that makes a real Cassandra node look like a node of ScyllaDB. */
@NullMarked
package cqloop.testkit.scylla;

import org.jspecify.annotations.NullMarked;
