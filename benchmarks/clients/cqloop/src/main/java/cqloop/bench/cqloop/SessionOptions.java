package cqloop.bench.cqloop;

import cqloop.CqlOptions;
import cqloop.ProtocolVersion;
import cqloop.TlsOptions;
import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import java.nio.file.Path;
import java.time.Duration;

/** Value. The session's options for a run: the same choices as for the other drivers. */
final class SessionOptions {
  private SessionOptions() {}

  static CqlOptions of(Target target) {
    CqlOptions options =
        new CqlOptions()
            .addContactPoint(target.host() + ":" + target.port())
            .setLocalDatacenter(Target.DATACENTER);
    options
        .getProtocol()
        .setVersion(target.version() == 4 ? ProtocolVersion.V4 : ProtocolVersion.V5)
        .setCompression(target.lz4() ? "lz4" : "none");
    options.getMetadata().setUseSchema(false);
    options.getRequest().setPrepareOnAllNodes(false);
    options
        .getConnection()
        .setHeartbeatInterval(Duration.ofHours(1))
        .setIdleTimeout(Duration.ofHours(2));
    options.getPool().setConnectionsLocal(1).setMaxInFlight(4096);
    // On, as in an application; long enough not to strike.
    options
        .getDefaultProfile()
        .setRequestTimeout(Duration.ofSeconds(30))
        .setPageSize(Statements.PAGE_ROWS);
    Path trustStore = target.trustStore();
    if (trustStore != null) {
      TlsOptions tls = new TlsOptions();
      tls.getTrust()
          .setTrustStorePath(trustStore.toString())
          .setTrustStorePassword(Target.STORE_PASSWORD);
      options.setTls(tls);
    }
    return options;
  }
}
