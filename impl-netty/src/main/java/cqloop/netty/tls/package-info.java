/** TLS: reads keys and certificates, checks who the other side is, says why a handshake failed. */
@NullMarked
package cqloop.netty.tls;

import org.jspecify.annotations.NullMarked;
