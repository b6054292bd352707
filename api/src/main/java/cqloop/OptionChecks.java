package cqloop;

import cqloop.error.InvalidOptions;

/** Value. Checks options that must fit each other. */
final class OptionChecks {

  private OptionChecks() {}

  static void check(CqlOptions options) {
    if (options.getCloudBundle() != null || options.getCloudBundleContent() != null) {
      checkCloud(options);
    } else if (options.getContactPoints().isEmpty()) {
      throw new InvalidOptions("CqlOptions.contactPoints", "there must be at least one");
    }
    checkConnection(options.getConnection());
    checkProtocol(options.getProtocol());
    TlsOptions tls = options.getTls();
    if (tls != null) {
      TlsChecks.check(tls);
    }
    PoolOptions pool = options.getPool();
    if (pool.getMaxOrphans() >= pool.getMaxInFlight()) {
      throw new InvalidOptions(
          "PoolOptions.maxOrphans",
          "must be below maxInFlight, but %s is not below %s"
              .formatted(pool.getMaxOrphans(), pool.getMaxInFlight()));
    }
    RequestOptions request = options.getRequest();
    if (request.getTraceRetryWait().compareTo(request.getTraceMaxWait()) > 0) {
      throw new InvalidOptions(
          "RequestOptions.traceRetryWait",
          "must be at most traceMaxWait, but %s ms is above %s ms"
              .formatted(
                  request.getTraceRetryWait().toMillis(), request.getTraceMaxWait().toMillis()));
    }
  }

  /** The bundle says where the nodes are and how they are secured; nobody else may. */
  private static void checkCloud(CqlOptions options) {
    if (options.getCloudBundle() != null && options.getCloudBundleContent() != null) {
      throw beside("cloudBundleContent");
    }
    if (!options.getContactPoints().isEmpty()) {
      throw beside("contactPoints");
    }
    if (options.getTls() != null) {
      throw beside("tls");
    }
    PolicyOptions identity = new ConnectionOptions().getAddressTranslator();
    if (!options.getConnection().getAddressTranslator().getName().equals(identity.getName())) {
      throw beside("connection.addressTranslator");
    }
  }

  private static InvalidOptions beside(String option) {
    return new InvalidOptions(
        "CqlOptions." + option,
        "it cannot be set beside cloudBundle, which names nodes, keys and trust; remove one");
  }

  private static void checkConnection(ConnectionOptions connection) {
    TcpOptions tcp = connection.getTcp();
    if (tcp.getLocalPortMin() > tcp.getLocalPortMax()) {
      throw new InvalidOptions(
          "TcpOptions.localPortMin",
          "must be at most localPortMax, but %s is above %s"
              .formatted(tcp.getLocalPortMin(), tcp.getLocalPortMax()));
    }
    boolean bothOn =
        !connection.getHeartbeatInterval().isZero() && !connection.getIdleTimeout().isZero();
    if (bothOn && connection.getIdleTimeout().compareTo(connection.getHeartbeatInterval()) <= 0) {
      throw new InvalidOptions(
          "ConnectionOptions.idleTimeout",
          "must be above heartbeatInterval, but %s ms is not above %s ms"
              .formatted(
                  connection.getIdleTimeout().toMillis(),
                  connection.getHeartbeatInterval().toMillis()));
    }
  }

  private static void checkProtocol(ProtocolOptions protocol) {
    ProtocolVersion version = protocol.getVersion();
    if (version == null) {
      return;
    }
    if (version.isBeta() && !protocol.isAllowBeta()) {
      throw new InvalidOptions(
          "ProtocolOptions.version", version + " is a beta; it needs allowBeta as well");
    }
    // native_protocol_v5.spec §2: only lz4 exists where frames travel in segments.
    if (version.hasSegments() && protocol.getCompression().equals("snappy")) {
      throw new InvalidOptions(
          "ProtocolOptions.compression", "snappy is not possible with " + version + "; use lz4");
    }
  }
}
