/** The connections of one event loop to one node. */
@NullMarked
package cqloop.netty.pool;

import org.jspecify.annotations.NullMarked;
