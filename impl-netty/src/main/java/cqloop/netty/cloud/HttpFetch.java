package cqloop.netty.cloud;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Any thread. One GET whose time and answer are bounded. Redirects are not followed. */
final class HttpFetch {

  /** Value. The answer. */
  record Answer(int status, Buffer body) {}

  private HttpFetch() {}

  /**
   * @param maxBytes of the body; a longer one fails with {@link TooLong}
   * @param limit of all of it, name resolution and TLS included
   */
  static Future<Answer> get(
      Vertx vertx,
      HttpClientOptions options,
      RequestOptions request,
      int maxBytes,
      Duration limit) {
    HttpClient client = vertx.createHttpClient(options);
    return client
        .request(request)
        .compose(HttpClientRequest::send)
        .compose(response -> read(response, maxBytes))
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .eventually(client::close);
  }

  private static Future<Answer> read(HttpClientResponse response, int maxBytes) {
    Promise<Answer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > maxBytes) {
            // The connection ends with the client.
            promise.tryFail(new TooLong(maxBytes));
          } else {
            body.appendBuffer(part);
          }
        });
    response.exceptionHandler(promise::tryFail);
    response.endHandler(end -> promise.tryComplete(new Answer(response.statusCode(), body)));
    return promise.future();
  }

  /** The body is longer than it may be. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    TooLong(int maxBytes) {
      super("the answer has more than " + maxBytes + " bytes");
    }
  }
}
