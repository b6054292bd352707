package cqloop.netty.cloud;

import cqloop.error.CloudBundleFailed;
import cqloop.error.CloudBundleFailed.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;

/**
 * Value. What a secure connection bundle holds: where the metadata service is, and the certificates
 * for it and for the nodes. Of its two forms the PEM files are read, which need no passwords.
 *
 * @param source what it is called in errors
 * @param host of the metadata service
 * @param port of the metadata service
 * @param authority PEM of the authority that the service and the nodes are certified by
 * @param certificate PEM of our certificate
 * @param key PEM of our private key
 * @param hasCredentials whether it names a user, as bundles of old do; that is not used
 */
record CloudBundle(
    String source,
    String host,
    int port,
    String authority,
    String certificate,
    String key,
    boolean hasCredentials) {

  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  /**
   * Reads a bundle. For workers: it takes some milliseconds.
   *
   * @param source what to call it in errors
   * @param now at which its certificate must be valid
   * @throws CloudBundleFailed when it is none, or none that can be used
   */
  static CloudBundle read(String source, Buffer zip, Instant now) {
    BundleFiles files = BundleFiles.unpack(source, zip);
    JsonObject config = config(files);
    String authority = text(files, BundleFiles.AUTHORITY);
    String certificate = text(files, BundleFiles.CERTIFICATE);
    String key = text(files, BundleFiles.KEY);
    checkCertificates(files, BundleFiles.AUTHORITY, now);
    checkCertificates(files, BundleFiles.CERTIFICATE, now);
    if (!key.contains(PRIVATE_KEY)) {
      throw new CloudBundleFailed(
          Kind.DAMAGED, source, "its 'key' holds no private key in PEM form", null);
    }
    return new CloudBundle(
        source,
        host(files, config),
        port(files, config),
        authority,
        certificate,
        key,
        config.containsKey("username") || config.containsKey("password"));
  }

  /** Returns the service as {@code host:port}. */
  String service() {
    return host + ":" + port;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "bundle " + source + " of " + service();
  }

  private static JsonObject config(BundleFiles files) {
    try {
      return files.file(BundleFiles.CONFIG).toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      // The text could hold a password: it is not shown, nor is the parser's view of it.
      throw new CloudBundleFailed(
          Kind.DAMAGED, files.source(), "its 'config.json' is not a JSON object", null);
    }
  }

  private static String host(BundleFiles files, JsonObject config) {
    if (config.getValue("host") instanceof String host && !host.isBlank()) {
      return host;
    }
    throw new CloudBundleFailed(
        Kind.DAMAGED,
        files.source(),
        "its 'config.json' names no host of the metadata service",
        null);
  }

  private static int port(BundleFiles files, JsonObject config) {
    if (config.getValue("port") instanceof Integer port && port > 0 && port <= 0xFFFF) {
      return port;
    }
    throw new CloudBundleFailed(
        Kind.DAMAGED,
        files.source(),
        "its 'config.json' names no port of the metadata service from 1 to 65535",
        null);
  }

  private static String text(BundleFiles files, String name) {
    return files.file(name).toString(StandardCharsets.US_ASCII);
  }

  private static void checkCertificates(BundleFiles files, String name, Instant now) {
    Collection<? extends Certificate> found;
    try {
      found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(files.file(name).getBytes()));
    } catch (CertificateException e) {
      throw files.damaged("its '%s' holds no certificate in PEM form", name, e);
    }
    if (found.isEmpty()) {
      throw new CloudBundleFailed(
          Kind.DAMAGED, files.source(), "its '" + name + "' holds no certificate", null);
    }
    for (Certificate certificate : found) {
      X509Certificate known = (X509Certificate) certificate;
      Instant from = known.getNotBefore().toInstant();
      Instant until = known.getNotAfter().toInstant();
      if (now.isAfter(until) || now.isBefore(from)) {
        throw new CloudBundleFailed(
            Kind.EXPIRED,
            files.source(),
            "its '%s' is valid from %s until %s, and now it is %s. Download a new bundle of the"
                    .formatted(name, from, until, now)
                + " database, or mend the clock",
            null);
      }
    }
  }
}
