package cqloop.netty.exec;

import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.pool.NodePool;
import cqloop.netty.pool.Waiter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. One send of a request: waits for a connection, then for the answer, and reports to
 * its execution, which decides. It knows nothing of other attempts.
 */
final class Attempt extends PendingResponse implements Waiter {

  /** Stands for the start of the execution: an attempt that begins with it reads no clock. */
  private static final long WITH_EXECUTION = Long.MIN_VALUE;

  private final Execution execution;

  /** The next of the attempts that run for the same execution. */
  @Nullable Attempt next;

  @Nullable Node node;

  /** The pool whose connections it waits for, or could wait for. */
  @Nullable NodePool pool;

  /** What prepares on its node; kept as long as it asks this node, for the count. */
  @Nullable Repreparer repreparer;

  @Nullable Deadline limit;
  private long startNanos;

  /** How its answer is read, whatever is learnt of the statement in the meantime. */
  @Nullable ResultShape shape;

  boolean hasWaited;
  final boolean speculative;
  private boolean waiting;
  private boolean resent;

  Attempt(Execution execution, boolean speculative) {
    this.execution = execution;
    this.speculative = speculative;
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    try {
      execution.onResponse(this, from, flags, opcode, body, wireBytes);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  @Override
  protected void onLost(Connection from, CqlException error, boolean written) {
    try {
      execution.onLost(this, error, written);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  @Override
  public void onConnection(Connection connection) {
    pool = null;
    try {
      execution.onConnection(this, connection);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  @Override
  public void onNoConnection(CqlException reason) {
    pool = null;
    try {
      execution.onNoConnection(this, reason);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public void setWaiting(boolean newWaiting) {
    waiting = newWaiting;
  }

  Execution execution() {
    return execution;
  }

  /** The send of this attempt is the first of its execution, and begins with it. */
  void startWithExecution() {
    startNanos = WITH_EXECUTION;
  }

  void startAt(long nowNanos) {
    startNanos = nowNanos;
  }

  long startNanos() {
    return startNanos == WITH_EXECUTION ? execution.startNanos() : startNanos;
  }

  /** Returns the address of the node it was sent to, for messages. */
  String endpoint() {
    return node == null ? "no node" : node.endpoint();
  }

  /** Returns the node it was sent to. */
  Node requireNode() {
    if (node == null) {
      throw new IllegalStateException("An attempt was answered that was never sent");
    }
    return node;
  }

  /** Returns what prepares statements again on its node. */
  Repreparer repreparer() {
    if (repreparer == null) {
      repreparer = new Repreparer(execution, this);
    }
    return repreparer;
  }

  /** Returns the connection on which it waits for an answer, or null. */
  @Nullable Connection silentConnection() {
    Connection sentOn = connection();
    return sentOn == null && repreparer != null ? repreparer.connection() : sentOn;
  }

  /** Waits for a connection of the pool that is worth it; false when as many wait as may. */
  boolean awaitConnection() {
    NodePool worthWaiting = Objects.requireNonNull(pool);
    node = worthWaiting.node();
    hasWaited = true;
    return worthWaiting.await(this);
  }

  /**
   * Waits for room on the node that it has asked: those who are answered together do not all find
   * some. False when as many wait as may, or the connection is about to close.
   */
  boolean awaitRoom(Connection full, LoopEngine engine) {
    execution.recovery().passedOver().inherit(pool);
    pool = full.isOpen() ? engine.pool(requireNode()) : null;
    if (pool != null && awaitConnection()) {
      resent = true;
      return true;
    }
    pool = null;
    return false;
  }

  /** Tells whether what it waits for is to be sent again on the same node; asked once. */
  boolean takeResent() {
    boolean taken = resent;
    resent = false;
    return taken;
  }

  /** Begins its time limit, unless it runs already: one serves UNPREPARED and what follows. */
  void startLimit(Deadlines deadlines, long limitNanos) {
    if (limitNanos > 0 && limit == null) {
      limit = new AttemptLimit(execution, this);
      deadlines.addOpen(limit, limitNanos);
    }
  }

  void cancelLimit(Deadlines deadlines) {
    if (limit != null) {
      deadlines.cancel(limit);
      limit = null;
    }
  }

  /** Gives up, wherever it stands. A late answer is dropped. */
  void abandon() {
    if (pool != null) {
      pool.cancel(this);
      pool = null;
    }
    Connection sentOn = connection();
    if (sentOn != null) {
      sentOn.abandon(this);
    }
    if (repreparer != null) {
      repreparer.abandon();
      repreparer = null;
    }
  }
}
