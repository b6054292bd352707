/** One socket: handshake, stream ids, requests in flight, flushing, heartbeat. */
@NullMarked
package cqloop.netty.conn;

import org.jspecify.annotations.NullMarked;
