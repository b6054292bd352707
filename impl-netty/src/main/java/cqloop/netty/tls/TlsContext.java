package cqloop.netty.tls;

import cqloop.TlsOptions;
import cqloop.TlsVersion;
import cqloop.error.TlsFailed;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Value. Keys, trust and rules as they were read at one time; what is read later is another one, so
 * that no session of old trust is resumed under new.
 */
public final class TlsContext {

  /** By it a channel is known to be secured, and with what. */
  private static final AttributeKey<TlsContext> CONTEXT =
      AttributeKey.valueOf(TlsContext.class, "context");

  private final SslContext context;
  private final TlsPeers peers;
  private final long handshakeMillis;
  private final boolean hasKey;

  private TlsContext(SslContext context, TlsOptions options, boolean hasKey) {
    this.context = context;
    this.peers = new TlsPeers(options);
    this.handshakeMillis = options.getHandshakeTimeout().toMillis();
    this.hasKey = hasKey;
  }

  /**
   * Reads what the options lead to. Blocks: for workers only.
   *
   * @throws TlsFailed when something cannot be read or used
   */
  public static TlsContext load(TlsOptions options, Vertx vertx) {
    var keys = KeyMaterial.load(options.getKey(), vertx);
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(Engines.provider(options))
              .trustManager(
                  new PeerVerifier(
                      options.getVerification(), TrustMaterial.load(options.getTrust(), vertx)))
              // PeerVerifier checks the host.
              .endpointIdentificationAlgorithm(null)
              .protocols(protocols(options.getMinVersion()));
      if (keys != null) {
        builder.keyManager(keys);
      }
      if (!options.getCipherSuites().isEmpty()) {
        builder.ciphers(options.getCipherSuites(), IdentityCipherSuiteFilter.INSTANCE);
      }
      SslContext context = builder.build();
      // An engine refuses what it does not know when it is made: here, not at the first node.
      ReferenceCountUtil.release(context.newEngine(ByteBufAllocator.DEFAULT));
      return new TlsContext(context, options, keys != null);
    } catch (SSLException | IllegalArgumentException e) {
      throw new TlsFailed(
          "",
          TlsFailed.Kind.NOT_SUPPORTED,
          "the engine %s refuses them: %s; are versions and cipherSuites those that it has?"
              .formatted(options.getEngine(), e.getMessage()),
          e);
    }
  }

  /**
   * Puts the handler that secures a channel into its pipeline, where it begins the handshake.
   *
   * @param before the name of the handler that reads and writes in clear
   * @param host how the node is known, a name or an IP literal
   * @param worker does what takes long: checking certificates, arithmetic of keys
   * @throws TlsFailed when it is not known what the certificate of the node must name
   */
  public SslHandler secure(Channel channel, String before, String host, int port, Executor worker) {
    TlsPeer peer = peers.peer(host, port, (InetSocketAddress) channel.remoteAddress());
    return secure(channel, before, peer, worker);
  }

  /** The same, for a peer of which the caller knows what it is asked for and must prove. */
  public SslHandler secure(Channel channel, String before, TlsPeer peer, Executor worker) {
    SslHandler handler = context.newHandler(channel.alloc(), peer.host(), peer.port(), worker);
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    SNIServerName name = sni(peer.serverName());
    if (name != null) {
      SSLEngine engine = handler.engine();
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(name));
      engine.setSSLParameters(parameters);
    }
    channel.attr(CONTEXT).set(this);
    channel.pipeline().addBefore(before, "ssl", handler);
    return handler;
  }

  /** Tells whether a channel is secured. */
  public static boolean isSecured(Channel channel) {
    return channel.attr(CONTEXT).get() != null;
  }

  /** Tells whether we have a certificate to show on a channel. */
  public static boolean hasKey(Channel channel) {
    TlsContext context = channel.attr(CONTEXT).get();
    return context != null && context.hasKey;
  }

  /** Tells whether we show the nodes a certificate. */
  public boolean hasKey() {
    return hasKey;
  }

  /** Names with characters that no host name has (RFC 952) are checked, but cannot be sent. */
  private static @Nullable SNIServerName sni(@Nullable String name) {
    if (name == null || Identity.isAddress(name)) {
      return null;
    }
    try {
      return new SNIHostName(name);
    } catch (IllegalArgumentException noHostName) {
      return null;
    }
  }

  private static List<String> protocols(TlsVersion oldest) {
    return oldest == TlsVersion.TLS_1_3 ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
  }
}
