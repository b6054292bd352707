package cqloop.netty;

import cqloop.CqlSession;
import cqloop.netty.session.SessionOpener;
import cqloop.spi.Driver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Any thread. Found by {@link java.util.ServiceLoader} when the API connects a session. */
public final class NettyDriver implements Driver {

  @Override
  public Future<CqlSession> connect(Vertx vertx, Setup setup) {
    return SessionOpener.open(vertx, setup);
  }
}
