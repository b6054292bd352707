/** The Java blocks of the documentation, as methods that the tests compile and run. */
@NullMarked
package cqloop.examples.snippets;

import org.jspecify.annotations.NullMarked;
