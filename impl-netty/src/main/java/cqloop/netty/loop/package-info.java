/** Small tools bound to one event loop; they know nothing of CQL. */
@NullMarked
package cqloop.netty.loop;

import org.jspecify.annotations.NullMarked;
