/** The life of a session: opening, the way of a request onto its loop and back, closing. */
@NullMarked
package cqloop.netty.session;

import org.jspecify.annotations.NullMarked;
