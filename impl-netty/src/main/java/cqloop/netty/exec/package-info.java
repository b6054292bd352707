/** The life of one request on one event loop. */
@NullMarked
package cqloop.netty.exec;

import org.jspecify.annotations.NullMarked;
