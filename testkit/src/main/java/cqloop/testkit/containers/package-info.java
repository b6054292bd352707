/** The third way to a real server: containers, where a Docker engine exists; else skipped. */
@NullMarked
package cqloop.testkit.containers;

import org.jspecify.annotations.NullMarked;
