package cqloop.spi;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Implemented by the driver itself and by nobody else; found by {@link java.util.ServiceLoader}.
 */
public interface Driver {

  /** Connects a session. The future completes on the context of the caller. */
  Future<CqlSession> connect(Vertx vertx, Setup setup);

  /**
   * Value. What a session is made of.
   *
   * @param options the options; the driver may keep them
   * @param providers policies given in code
   * @param codecs codecs given in code, first one first
   * @param codecProviders providers of codecs given in code
   */
  record Setup(
      CqlOptions options,
      List<PolicyProvider<?>> providers,
      List<TypeCodec<?>> codecs,
      List<TypeCodecProvider> codecProviders) {}
}
