/** The messages of CQL: requests that write themselves, responses read from a frame's body. */
@NullMarked
package cqloop.netty.message;

import org.jspecify.annotations.NullMarked;
