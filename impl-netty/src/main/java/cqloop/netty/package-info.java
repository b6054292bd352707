/** The entry by which the API finds this driver, and nothing else. */
@NullMarked
package cqloop.netty;

import org.jspecify.annotations.NullMarked;
