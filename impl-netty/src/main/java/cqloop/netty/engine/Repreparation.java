package cqloop.netty.engine;

import cqloop.error.CqlException;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Loop-owned. One PREPARE of a statement that a node has forgotten, and all who wait for it. */
final class Repreparation extends PendingResponse {

  private final Repreparations owner;
  private final Repreparations.Key key;
  private final Set<RepreparationWaiter> waiting = new LinkedHashSet<>();

  Repreparation(Repreparations owner, Repreparations.Key key) {
    this.owner = owner;
    this.key = key;
  }

  Repreparations.Key key() {
    return key;
  }

  /** Returns whether there was room for one more. */
  boolean add(RepreparationWaiter waiter) {
    if (waiting.size() >= Repreparations.MAX_WAITING) {
      return false;
    }
    waiting.add(waiter);
    waiter.waitsFor = this;
    return true;
  }

  /** The last one to give up leaves the answer to nobody. */
  void remove(RepreparationWaiter waiter) {
    waiter.waitsFor = null;
    waiting.remove(waiter);
    if (waiting.isEmpty()) {
      owner.remove(this);
      key.connection().abandon(this);
    }
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    owner.remove(this);
    Response response;
    try {
      response = ResponseDecoder.decode(opcode, flags, body, body.length, from.features());
    } catch (CqlException damaged) {
      from.retire();
      tellAll(waiter -> waiter.onNoAnswer(damaged.copy()));
      return;
    }
    if (response instanceof Prepared again && Arrays.equals(again.id(), key.id().array())) {
      owner.onPrepared(this, from.lastReadNanos());
    }
    tellAll(waiter -> waiter.onAnswer(from, response));
  }

  @Override
  protected void onLost(Connection from, CqlException error, boolean written) {
    owner.remove(this);
    tellAll(waiter -> waiter.onNoAnswer(error.copy()));
  }

  /** What one does may let others give up; and what one throws must not silence the rest. */
  private void tellAll(Consumer<RepreparationWaiter> news) {
    RuntimeException broken = null;
    for (RepreparationWaiter waiter : waiting.toArray(new RepreparationWaiter[0])) {
      if (waiter.waitsFor == this) {
        waiter.waitsFor = null;
        try {
          news.accept(waiter);
        } catch (RuntimeException thrown) {
          broken = thrown;
        }
      }
    }
    waiting.clear();
    if (broken != null) {
      throw broken;
    }
  }
}
