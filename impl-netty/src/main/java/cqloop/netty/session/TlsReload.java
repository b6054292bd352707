package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.TlsOptions;
import cqloop.error.InvalidOptions;
import cqloop.error.SessionClosed;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.tls.TlsContext;
import cqloop.netty.vertx.LoopContexts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Any thread; the work is done on a worker and on the home loop, one reload after the other. Reads
 * keys and trust again for the connections to come, and has those that are open replaced where the
 * options say so. When something cannot be read, everything stays as it was.
 */
final class TlsReload {

  private final SessionCore core;
  private final Consumer<TlsContext> sink;
  private final ContextInternal home;

  /** Read and written on the home loop only. */
  private @Nullable TlsOptions current;

  /**
   * @param sink has new connections use what was read
   */
  TlsReload(SessionCore core, Consumer<TlsContext> sink) {
    this.core = core;
    this.sink = sink;
    this.home = LoopContexts.contextOn(core.vertx(), core.loops().home().loop());
    this.current = core.options().getTls();
  }

  /**
   * @param newer other options, or null to read again what the present ones lead to
   */
  Future<Void> reload(@Nullable TlsOptions newer) {
    Promise<Void> done = Promise.promise();
    TlsOptions copy = newer == null ? null : new TlsOptions(newer);
    home.runOnContext(nothing -> begin(copy, done));
    return done.future();
  }

  private void begin(@Nullable TlsOptions newer, Promise<Void> done) {
    TlsOptions present = current;
    if (core.closer().isClosing()) {
      done.fail(new SessionClosed(false));
      return;
    }
    if (present == null) {
      done.fail(
          new InvalidOptions(
              "CqlOptions.tls", "the session was opened without TLS, so there is none to reload"));
      return;
    }
    TlsOptions options = newer == null ? present : newer;
    // Blocking code of one context runs in the order in which it is given.
    home.executeBlocking(() -> load(options))
        .onComplete(
            (context, failure) -> {
              if (failure != null) {
                done.fail(failure);
              } else {
                current = options;
                sink.accept(context);
                renew(options.getRenewOver().toNanos());
                done.complete();
              }
            });
  }

  private TlsContext load(TlsOptions options) {
    new CqlOptions(core.options()).setTls(options).validate();
    return TlsContext.load(options, core.vertx());
  }

  private void renew(long overNanos) {
    for (LoopEngine engine : core.loops().all()) {
      engine.loop().execute(() -> engine.renewConnections(overNanos));
    }
    core.control().renew(overNanos);
  }
}
