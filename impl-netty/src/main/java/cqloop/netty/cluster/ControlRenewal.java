package cqloop.netty.cluster;

import cqloop.netty.conn.Connection;
import cqloop.netty.conn.OpeningSteps;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Replaces the control connection after keys were read again: opens one more to
 * the same node, and only then gives up the old one. When the new one is refused, the old one
 * stays.
 */
final class ControlRenewal {

  private static final Logger LOG = LoggerFactory.getLogger(ControlRenewal.class);

  /** A reading of the cluster or its schema is not broken off: it is asked again this later. */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final EventLoop loop;
  private final ControlConnection control;
  private final OneTimer timer;
  private final OpeningSteps opening = new OpeningSteps();
  private int round;
  private boolean closed;

  ControlRenewal(EventLoop loop, ControlConnection control) {
    this.loop = loop;
    this.control = control;
    this.timer = new OneTimer(loop, this::begin);
  }

  /** Replaces the connection that is there after this time; 0 leaves it. */
  void start(long afterNanos) {
    assert loop.inEventLoop();
    stop();
    if (afterNanos > 0 && !closed) {
      timer.plan(afterNanos);
    }
  }

  /** Leaves the connection as it is, for good. */
  void close() {
    closed = true;
    stop();
  }

  private void stop() {
    round++;
    timer.cancel();
    opening.abort();
  }

  private void begin() {
    Connection old = control.idle();
    if (old == null) {
      timer.plan(BUSY_NANOS);
      return;
    }
    int begun = round;
    opening.next(
        () ->
            control.openAgain(
                (opened, failure) -> {
                  if (begun == round) {
                    onOpened(old, opened, failure);
                  } else if (opened != null) {
                    opened.close("it is not needed any more");
                  }
                }));
  }

  private void onOpened(Connection old, @Nullable Connection opened, @Nullable Throwable failure) {
    if (opened == null) {
      LOG.warn(
          "The control connection to %s is not renewed, the old one stays: %s"
              .formatted(old.endpoint(), failure == null ? "" : failure.getMessage()));
    } else if (control.idle() == old) {
      control.replace(opened);
      old.close("its keys were renewed");
    } else {
      opened.close("it is not needed now");
      timer.plan(BUSY_NANOS);
    }
  }
}
