package cqloop.netty.tls;

import org.jspecify.annotations.Nullable;

/**
 * Value. Whom a handshake is with.
 *
 * @param host what the certificate must name, an IP literal or a name; it is also under what a
 *     session is kept to be resumed
 * @param port of the node
 * @param serverName what the node is told that we asked for (SNI, RFC 6066), or null
 */
public record TlsPeer(String host, int port, @Nullable String serverName) {}
