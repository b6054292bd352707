package cqloop.netty.cloud;

import cqloop.error.CloudBundleFailed;
import cqloop.error.CloudBundleFailed.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Any thread. Gets the bytes of a bundle: from a file, or from a web server over TLS. */
final class BundleSource {

  private BundleSource() {}

  /**
   * Returns the bytes at a path, a {@code file:} URL or an {@code https:} URL.
   *
   * @param limit of a download
   */
  static Future<Buffer> read(Vertx vertx, String location, Duration limit) {
    String lower = location.toLowerCase(Locale.ROOT);
    if (lower.startsWith("https:")) {
      return download(vertx, location, limit);
    }
    if (lower.startsWith("http:")) {
      return Future.failedFuture(
          unreadable(
              shown(location), "it holds a private key, so it is taken over https: only", null));
    }
    return vertx.executeBlocking(() -> load(location, lower.startsWith("file:")));
  }

  /** Returns a location as it may be shown: what follows '?' is often a signature. */
  static String shown(String location) {
    int query = location.indexOf('?');
    String plain = query < 0 ? location : location.substring(0, query);
    int user = plain.lastIndexOf('@');
    return "Cloud bundle '" + (user < 0 ? plain : plain.substring(user + 1)) + "'";
  }

  private static Buffer load(String location, boolean url) {
    try {
      Path file = url ? Path.of(URI.create(location)) : Path.of(location);
      try (InputStream in = Files.newInputStream(file)) {
        // One more than allowed: whoever unpacks it sees that it is too large.
        return Buffer.buffer(in.readNBytes(BundleFiles.MAX_BYTES + 1));
      }
    } catch (IOException | IllegalArgumentException e) {
      String why = e instanceof InvalidPathException ? "this is no path" : String.valueOf(e);
      throw unreadable(shown(location), "it cannot be read: " + why, e);
    }
  }

  private static Future<Buffer> download(Vertx vertx, String location, Duration limit) {
    RequestOptions request;
    try {
      request = new RequestOptions().setAbsoluteURI(location);
    } catch (RuntimeException e) {
      request = new RequestOptions().setHost("");
    }
    if (request.getHost() == null || request.getHost().isEmpty()) {
      return Future.failedFuture(unreadable(shown(location), "this is no URL", null));
    }
    return HttpFetch.get(
            vertx,
            new HttpClientOptions().setSsl(true).setVerifyHost(true),
            request,
            BundleFiles.MAX_BYTES,
            limit)
        .transform(
            (answer, failure) -> {
              if (failure != null) {
                return Future.failedFuture(
                    unreadable(
                        shown(location), "the download failed: " + failure.getMessage(), failure));
              }
              return answer.status() == 200
                  ? Future.succeededFuture(answer.body())
                  : Future.failedFuture(
                      unreadable(
                          shown(location),
                          "the web server answered with status %s; has the link expired?"
                              .formatted(answer.status()),
                          null));
            });
  }

  private static CloudBundleFailed unreadable(
      String source, String problem, @Nullable Throwable cause) {
    return new CloudBundleFailed(Kind.UNREADABLE, source, problem, cause);
  }
}
