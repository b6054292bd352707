package cqloop.auth;

import cqloop.spi.AuthSession;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.Callable;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The GSSAPI exchange of one connection. Every step runs on a worker thread of its own,
 * one at a time for all connections, because they share the login.
 */
final class GssapiSession implements AuthSession {

  private static final Logger LOG = LoggerFactory.getLogger(GssapiSession.class);

  private static final String MECHANISM = "GSSAPI";
  private static final String START = "GSSAPI-START";

  private final SocketAddress node;
  private final SaslExchange exchange;
  private final WorkerExecutor worker;
  private final boolean mechanismFirst;

  private boolean started;
  private boolean closed;

  /**
   * @param worker runs blocking code, one piece at a time
   * @param mechanismFirst whether the server negotiates the mechanism
   */
  GssapiSession(
      SocketAddress node, SaslExchange exchange, WorkerExecutor worker, boolean mechanismFirst) {
    this.node = node;
    this.exchange = exchange;
    this.worker = worker;
    this.mechanismFirst = mechanismFirst;
  }

  @Override
  public Future<Buffer> first() {
    if (mechanismFirst) {
      return Future.succeededFuture(Buffer.buffer(MECHANISM));
    }
    started = true;
    return step("the login or the first step of GSSAPI", exchange::start);
  }

  @Override
  public Future<Buffer> answer(@Nullable Buffer challenge) {
    if (closed) {
      return ServerClasses.failed(node, "the exchange was ended", null);
    }
    if (started) {
      if (challenge == null) {
        return ServerClasses.failed(node, "the server sent no bytes in the middle of GSSAPI", null);
      }
      byte[] bytes = challenge.getBytes();
      return step("a step of GSSAPI", () -> next(bytes));
    }
    if (challenge == null || !isStart(challenge)) {
      return ServerClasses.failed(
          node, "the server did not answer the mechanism GSSAPI with " + START, null);
    }
    started = true;
    return step("the login or the first step of GSSAPI", exchange::start);
  }

  @Override
  public Future<Void> onSuccess(@Nullable Buffer token) {
    byte[] bytes = token == null ? new byte[0] : token.getBytes();
    return step("the end of GSSAPI", () -> finish(bytes)).mapEmpty();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // After the step that may be running: the SASL client is not to be touched by two threads.
    worker
        .executeBlocking(
            () -> {
              exchange.dispose();
              return null;
            },
            false)
        .onFailure(failure -> LOG.debug("A GSSAPI exchange was not disposed of", failure));
  }

  @Override
  public String toString() {
    return "GSSAPI exchange with " + ServerClasses.name(node);
  }

  private byte[] next(byte[] challenge) throws Exception {
    if (exchange.isComplete()) {
      throw new IllegalStateException("the server sent a challenge after the last step");
    }
    return exchange.step(challenge);
  }

  /** A server that cannot prove itself could say "success" before it has to. */
  private byte[] finish(byte[] token) throws Exception {
    if (!exchange.isComplete() && token.length > 0) {
      exchange.step(token);
    }
    if (!exchange.isComplete()) {
      throw new SaslException("the server ended the exchange before it proved who it is");
    }
    return new byte[0];
  }

  private Future<Buffer> step(String what, Callable<byte[]> blocking) {
    return worker
        .executeBlocking(
            () -> {
              try {
                return Buffer.buffer(blocking.call());
              } catch (Exception | Error e) {
                exchange.failed();
                throw e;
              }
            },
            false)
        .transform(
            result ->
                result.succeeded()
                    ? Future.succeededFuture(result.result())
                    : ServerClasses.failed(
                        node,
                        what + " failed: " + exchange.explain(result.cause()),
                        result.cause()));
  }

  private static boolean isStart(Buffer challenge) {
    return challenge.length() == START.length() && challenge.toString().equals(START);
  }
}
