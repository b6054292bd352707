package cqloop.netty.cloud;

import cqloop.error.CloudBundleFailed;
import cqloop.error.CloudBundleFailed.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Any thread. Asks the metadata service of a bundle where the nodes of its database are. */
final class MetadataService {

  /** The answer has a kilobyte or two. */
  private static final int MAX_BYTES = 256 * 1024;

  /** Causes of causes that are looked at; a chain may be a ring. */
  private static final int MAX_CAUSES = 8;

  private static final String PATH = "/metadata";

  private MetadataService() {}

  /** Fails with {@link CloudBundleFailed} when there is no answer, or none that helps. */
  static Future<CloudMetadata> ask(Vertx vertx, CloudBundle bundle, Duration limit) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setConnectTimeout((int) Math.min(limit.toMillis(), Integer.MAX_VALUE))
            .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(bundle.authority())))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(bundle.certificate()))
                    .addKeyValue(Buffer.buffer(bundle.key())));
    RequestOptions request =
        new RequestOptions().setHost(bundle.host()).setPort(bundle.port()).setURI(PATH);
    return HttpFetch.get(vertx, options, request, MAX_BYTES, limit)
        .transform(
            (answer, failure) ->
                failure == null
                    ? Future.future(done -> done.complete(read(bundle, answer)))
                    : Future.failedFuture(unreachable(bundle, failure)));
  }

  private static CloudMetadata read(CloudBundle bundle, HttpFetch.Answer answer) {
    int status = answer.status();
    if (status == 200) {
      return CloudMetadata.read(bundle.service(), answer.body());
    }
    // A database that is paused, or was deleted, is not found or not served.
    if (status == 404 || status == 503) {
      throw failed(
          Kind.DATABASE_PAUSED,
          bundle,
          "it answered with status %s: the database is paused, hibernated or gone. Resume it, wait"
                  .formatted(status)
              + " until it is active, and connect again",
          null);
    }
    if (status == 401 || status == 403) {
      throw failed(
          Kind.SERVICE_REFUSED,
          bundle,
          "it answered with status %s: the certificate of %s is not accepted. Download the bundle"
                  .formatted(status, bundle.source())
              + " of the database again",
          null);
    }
    throw failed(
        status >= 500 ? Kind.SERVICE_UNREACHABLE : Kind.BAD_METADATA,
        bundle,
        "it answered with status " + status + "; expected 200",
        null);
  }

  private static CloudBundleFailed unreachable(CloudBundle bundle, Throwable failure) {
    if (failure instanceof HttpFetch.TooLong) {
      return failed(Kind.BAD_METADATA, bundle, String.valueOf(failure.getMessage()), failure);
    }
    if (hasExpired(failure)) {
      return failed(
          Kind.SERVICE_UNREACHABLE,
          bundle,
          "its certificate has expired, or the clock of this machine is wrong. Mend the clock, or"
              + " tell who runs the service",
          failure);
    }
    return failed(
        Kind.SERVICE_UNREACHABLE,
        bundle,
        "it cannot be asked: %s. Check the network and its proxies, and that the bundle is of this"
                .formatted(reason(failure))
            + " database",
        failure);
  }

  private static boolean hasExpired(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      if (at instanceof CertificateExpiredException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** The useful text of a failed handshake is that of its last cause. */
  private static String reason(Throwable failure) {
    Throwable last = failure;
    for (int depth = 0; last.getCause() != null && depth < MAX_CAUSES; depth++) {
      last = last.getCause();
    }
    String first = String.valueOf(failure.getMessage());
    String cause = String.valueOf(last.getMessage());
    return first.contains(cause) ? first : first + " (" + cause + ")";
  }

  private static CloudBundleFailed failed(
      Kind kind, CloudBundle bundle, String problem, @Nullable Throwable cause) {
    return new CloudBundleFailed(kind, "Metadata service " + bundle.service(), problem, cause);
  }
}
