package cqloop.netty.conn;

import cqloop.ProtocolVersion;
import cqloop.spi.Authenticator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. How connections are opened and kept. Times of 0 are off.
 *
 * @param forcedVersion the only version to speak, or null to negotiate
 * @param beta whether beta versions may be spoken
 * @param compression name for STARTUP, {@code lz4} or {@code snappy}, or null
 * @param startupOptions what STARTUP carries besides CQL_VERSION and COMPRESSION
 * @param authenticator proves who connects, or null when nothing is configured
 * @param maxFrameBytes longest frame, both ways
 * @param maxInFlight requests in flight per connection
 * @param maxOrphans orphans per connection before it is replaced
 * @param maxOrphanAgeNanos age of an orphan at which its connection is replaced
 * @param connectNanos limit of opening the socket
 * @param handshakeNanos limit of the CQL handshake
 * @param heartbeatNanos silence after which a heartbeat is sent
 * @param idleNanos silence after which a connection with a heartbeat out is given up
 * @param coalesceNanos how long writes are gathered; 0 is the rest of the turn of the loop
 */
public record ConnectionConfig(
    @Nullable ProtocolVersion forcedVersion,
    boolean beta,
    @Nullable String compression,
    Map<String, String> startupOptions,
    @Nullable Authenticator authenticator,
    int maxFrameBytes,
    int maxInFlight,
    int maxOrphans,
    long maxOrphanAgeNanos,
    long connectNanos,
    long handshakeNanos,
    long heartbeatNanos,
    long idleNanos,
    long coalesceNanos) {}
