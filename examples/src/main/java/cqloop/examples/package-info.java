/** The tour: one command that shows cqloop at work against a real cluster. */
@NullMarked
package cqloop.examples;

import org.jspecify.annotations.NullMarked;
