/** Every failure a future of this driver can carry, typed. */
@NullMarked
package cqloop.error;

import org.jspecify.annotations.NullMarked;
