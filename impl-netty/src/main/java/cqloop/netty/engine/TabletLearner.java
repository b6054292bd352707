package cqloop.netty.engine;

import cqloop.error.ProtocolViolation;
import cqloop.netty.cluster.LearntTablet;
import cqloop.netty.cluster.TabletPayload;
import cqloop.netty.conn.Connection;
import cqloop.netty.message.ResponsePrefix;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Reads the tablets that nodes tell of with their answers. Those of one turn of the
 * loop are handed on together. What cannot be read is counted and logged now and then, and changes
 * nothing for the request that was answered.
 */
public final class TabletLearner {

  /** Of one turn: enough for all there are, as a rule. Those beyond are told of again. */
  public static final int MAX_OF_TURN = 1024;

  private static final long LOG_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(TabletLearner.class);

  private final LoopEngine engine;
  private final EngineListener listener;
  private List<LearntTablet> learnt = new ArrayList<>();
  private long refused;
  private long loggedNanos;

  TabletLearner(LoopEngine engine, EngineListener listener) {
    this.engine = engine;
    this.listener = listener;
  }

  /**
   * Reads the tablet in front of a result, if there is one.
   *
   * @param keyspace of the request, null where it is not known
   * @param table of the request, null where it is not known: the tablet is then of no use
   */
  public void read(
      Connection from, ResponsePrefix prefix, @Nullable String keyspace, @Nullable String table) {
    if (keyspace == null || table == null || !prefix.payload().containsKey(TabletPayload.KEY)) {
      return;
    }
    try {
      byte[] payload = bytes(prefix.payload().get(TabletPayload.KEY));
      add(
          new LearntTablet(
              keyspace, table, TabletPayload.read(payload, engine.shared().topology())));
    } catch (ProtocolViolation bad) {
      refuse(from, keyspace, table, bad);
    }
  }

  private static byte[] bytes(@Nullable Buffer payload) {
    if (payload == null || payload.length() > TabletPayload.MAX_BYTES) {
      throw new ProtocolViolation(
          payload == null
              ? "It is null"
              : "It has %s bytes, more than %s"
                  .formatted(payload.length(), TabletPayload.MAX_BYTES));
    }
    return payload.getBytes();
  }

  private void add(LearntTablet tablet) {
    if (learnt.isEmpty()) {
      EventLoop loop = engine.loop();
      loop.execute(this::handOn);
    }
    if (learnt.size() < MAX_OF_TURN) {
      learnt.add(tablet);
    }
  }

  private void handOn() {
    List<LearntTablet> all = learnt;
    learnt = new ArrayList<>();
    listener.onTablets(engine, all);
  }

  private void refuse(Connection from, String keyspace, String table, ProtocolViolation bad) {
    refused++;
    long now = engine.deadlines().nanoTime();
    if (refused == 1 || now - loggedNanos >= LOG_PAUSE_NANOS) {
      loggedNanos = now;
      LOG.warn(
          "%s tells of a tablet of %s.%s that cannot be used, the %s. on this event loop: %s."
                  .formatted(from.endpoint(), keyspace, table, refused, bad.getMessage())
              + " Requests are not affected");
    }
  }
}
