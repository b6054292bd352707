/** The figures of a session as meters of Micrometer, for those who have that library. */
@NullMarked
package cqloop.micrometer;

import org.jspecify.annotations.NullMarked;
