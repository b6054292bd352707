package cqloop.netty.session;

import cqloop.netty.cluster.ContactPoints;
import cqloop.netty.cluster.ControlConfig;
import cqloop.netty.codec.Codecs;
import cqloop.netty.engine.EngineConfig;
import cqloop.netty.engine.SharedState;
import cqloop.netty.observe.Observer;
import cqloop.netty.tls.TlsContext;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Value. What a session is put together from.
 *
 * @param eventLoops every loop of the Vert.x, the home of the session first
 * @param opening waits for the first node
 * @param tls has connections to come secured with what was read last
 * @param observer hears of requests; null when nobody wants to
 * @param resources closes what the session holds besides its connections
 */
record SessionParts(
    UUID clientId,
    SessionPolicies policies,
    Codecs codecs,
    SharedState shared,
    EngineConfig engineConfig,
    ControlConfig controlConfig,
    ContactPoints contactPoints,
    List<EventLoop> eventLoops,
    OpeningWatch opening,
    Consumer<TlsContext> tls,
    @Nullable Observer observer,
    Supplier<Future<Void>> resources) {}
