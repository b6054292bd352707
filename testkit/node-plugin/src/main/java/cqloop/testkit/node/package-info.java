/** The code that testkit puts into a Cassandra node: start, control, recording and injection. */
@NullMarked
package cqloop.testkit.node;

import org.jspecify.annotations.NullMarked;
