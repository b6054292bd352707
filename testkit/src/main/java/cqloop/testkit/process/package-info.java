/** Not exported: how Cassandra processes are found, configured, started, watched and ended. */
@NullMarked
package cqloop.testkit.process;

import org.jspecify.annotations.NullMarked;
