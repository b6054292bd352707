/** CQL types as data, and the values that Java lacks. */
@NullMarked
package cqloop.type;

import org.jspecify.annotations.NullMarked;
