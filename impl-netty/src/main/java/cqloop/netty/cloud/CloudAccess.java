package cqloop.netty.cloud;

import cqloop.ConnectionOptions;
import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.TlsKeyOptions;
import cqloop.TlsOptions;
import cqloop.TlsTrustOptions;
import cqloop.TlsVerification;
import cqloop.error.CloudBundleFailed;
import cqloop.error.InvalidOptions;
import cqloop.netty.vertx.SniProxy;
import cqloop.spi.AddressTranslator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Value. The way to a database in the cloud: what its bundle holds and what its metadata service
 * says.
 *
 * @param bundle the certificates
 * @param metadata the proxy, and the nodes behind it
 */
public record CloudAccess(CloudBundle bundle, CloudMetadata metadata) {

  private static final Logger LOG = LoggerFactory.getLogger(CloudAccess.class);

  /** Tells whether the options name a bundle. */
  public static boolean isWanted(CqlOptions options) {
    return options.getCloudBundle() != null || options.getCloudBundleContent() != null;
  }

  /**
   * Reads the bundle and asks its metadata service, nothing of it on an event loop. A download, and
   * the answer of the service, may take as long as a connection with its handshake. Fails with
   * {@link CloudBundleFailed}.
   */
  public static Future<CloudAccess> open(Vertx vertx, CqlOptions options) {
    try {
      options.validate();
    } catch (InvalidOptions beside) {
      return Future.failedFuture(beside);
    }
    ConnectionOptions connection = options.getConnection();
    Duration limit = connection.getConnectTimeout().plus(connection.getHandshakeTimeout());
    String location = options.getCloudBundle();
    Buffer content = options.getCloudBundleContent();
    String source = location == null ? "Cloud bundle" : BundleSource.shown(location);
    Future<Buffer> zip =
        location == null
            ? Future.succeededFuture(content)
            : BundleSource.read(vertx, location, limit);
    return zip.compose(
            bytes -> vertx.executeBlocking(() -> CloudBundle.read(source, bytes, Instant.now())))
        .compose(
            bundle -> {
              if (bundle.hasCredentials()) {
                LOG.warn(source + " names a user; that is not used: log in by the auth option");
              }
              return MetadataService.ask(vertx, bundle, limit)
                  .map(metadata -> new CloudAccess(bundle, metadata));
            });
  }

  /**
   * Returns the options of a session with this database: those that were given, with the nodes,
   * their data centre and TLS from here. Databases in the cloud want LOCAL_QUORUM; it is the
   * default where the user has set nothing.
   */
  public CqlOptions optionsFrom(CqlOptions given) {
    CqlOptions options = new CqlOptions(given).setCloudBundle(null).setCloudBundleContent(null);
    for (UUID hostId : metadata.hostIds()) {
      options.addContactPoint(hostId.toString());
    }
    options.setPort(metadata.proxyPort());
    options.setTls(tls());
    if (options.getLocalDatacenter() == null) {
      options.setLocalDatacenter(metadata.datacenter());
    }
    if (options.getDefaultProfile().getConsistency() == null) {
      options.getDefaultProfile().setConsistency(Consistency.LOCAL_QUORUM);
    }
    return options;
  }

  /** Returns the proxy that the nodes are behind. */
  public SniProxy proxy() {
    return new SniProxy(metadata.proxyHost(), metadata.proxyPort());
  }

  private TlsOptions tls() {
    return new TlsOptions()
        .setKey(
            new TlsKeyOptions()
                .setCertificateChain(bundle.certificate())
                .setPrivateKey(bundle.key()))
        .setTrust(new TlsTrustOptions().setCertificates(bundle.authority()))
        .setVerification(TlsVerification.PEER_HOST);
  }

  /**
   * Returns the translator of the addresses that nodes announce, at which nobody reaches them: the
   * address of a node is its id, and {@link #proxy} leads there.
   */
  public AddressTranslator translator() {
    return announced -> {
      UUID hostId = announced.hostId();
      return hostId == null
          ? Future.failedFuture("it has no host id, by which the proxy would know it")
          : Future.succeededFuture(
              SocketAddress.inetSocketAddress(metadata.proxyPort(), hostId.toString()));
    };
  }
}
