/** JUnit 5: a shared real node with a keyspace per test class, and private clusters. */
@NullMarked
package cqloop.testkit.junit;

import org.jspecify.annotations.NullMarked;
