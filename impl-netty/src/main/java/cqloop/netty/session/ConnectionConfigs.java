package cqloop.netty.session;

import cqloop.ConnectionOptions;
import cqloop.CqlOptions;
import cqloop.PoolOptions;
import cqloop.ProtocolOptions;
import cqloop.ProtocolVersion;
import cqloop.error.InvalidOptions;
import cqloop.netty.conn.ConnectionConfig;
import cqloop.netty.wire.Compression;
import cqloop.spi.Authenticator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Value. Turns options into what connections need. */
final class ConnectionConfigs {

  private static final String DRIVER_NAME = "cqloop";

  private ConnectionConfigs() {}

  /**
   * Returns the configuration of every connection.
   *
   * @throws InvalidOptions when compression and protocol version exclude each other
   * @throws IllegalStateException when the library of the compression is not on the class path
   */
  static ConnectionConfig of(
      CqlOptions options, UUID clientId, @Nullable Authenticator authenticator) {
    ConnectionOptions connection = options.getConnection();
    PoolOptions pool = options.getPool();
    ProtocolOptions protocol = options.getProtocol();
    return new ConnectionConfig(
        protocol.getVersion(),
        protocol.isAllowBeta(),
        compression(protocol),
        startupOptions(protocol, clientId),
        authenticator,
        protocol.getMaxFrameBytes(),
        pool.getMaxInFlight(),
        pool.getMaxOrphans(),
        pool.getMaxOrphanAge().toNanos(),
        connection.getConnectTimeout().toNanos(),
        connection.getHandshakeTimeout().toNanos(),
        connection.getHeartbeatInterval().toNanos(),
        connection.getIdleTimeout().toNanos(),
        TimeUnit.MICROSECONDS.toNanos(pool.getCoalesceDelayMicros()));
  }

  private static @Nullable String compression(ProtocolOptions protocol) {
    String name = protocol.getCompression();
    if (name.equals("none")) {
      return null;
    }
    ProtocolVersion forced = protocol.getVersion();
    if (forced != null && forced.hasSegments() && !Compression.of(name).worksInSegments()) {
      throw new InvalidOptions(
          "protocol.compression",
          "protocol %s has no compression '%s'; use lz4, or let the version be negotiated"
              .formatted(forced, name));
    }
    return Compression.of(name).algorithm();
  }

  // native_protocol_v5.spec, 4.1.1. STARTUP; CASSANDRA-10456 (NO_COMPACT), CASSANDRA-15013.
  private static Map<String, String> startupOptions(ProtocolOptions protocol, UUID clientId) {
    Map<String, String> startup = new LinkedHashMap<>();
    startup.put("DRIVER_NAME", DRIVER_NAME);
    startup.put("DRIVER_VERSION", DriverVersion.get());
    startup.put("CLIENT_ID", clientId.toString());
    String application = protocol.getApplicationName();
    if (application != null) {
      startup.put("APPLICATION_NAME", application);
    }
    String version = protocol.getApplicationVersion();
    if (version != null) {
      startup.put("APPLICATION_VERSION", version);
    }
    if (protocol.isNoCompact()) {
      startup.put("NO_COMPACT", "true");
    }
    if (protocol.isThrowOnOverload()) {
      startup.put("THROW_ON_OVERLOAD", "1");
    }
    startup.putAll(protocol.getExtraStartupOptions());
    return startup;
  }
}
