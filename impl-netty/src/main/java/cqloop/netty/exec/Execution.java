package cqloop.netty.exec;

import cqloop.Statement;
import cqloop.error.AttemptFailure;
import cqloop.error.ConnectionBusy;
import cqloop.error.CqlException;
import cqloop.error.RequestQueueFull;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import cqloop.netty.engine.SchemaChanges;
import cqloop.netty.loop.Deadline;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import cqloop.netty.message.Result;
import cqloop.netty.message.SchemaChange;
import cqloop.netty.wire.FrameHeader;
import cqloop.spi.QueryPlan;
import io.vertx.core.Completable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. One request of the application from its start to its one outcome: which node next,
 * when to speculate, when to give up. What follows a failure is decided by its {@link Recovery}. As
 * a deadline it is the time limit of the whole.
 */
public final class Execution extends Deadline {

  private final Requester requester;
  private final LoopEngine engine;
  private final LoopProfile profile;
  private final Call call;
  private final Completable<Object> done;

  private @Nullable QueryPlan plan;
  private @Nullable Attempt running;
  private @Nullable Recovery recovery;
  private @Nullable Speculator speculator;
  private int attempts;
  private int requestBytes;
  private boolean schemaInAgreement = true;
  private boolean ended;

  @SuppressWarnings("unchecked")
  <T> Execution(
      Requester requester, LoopEngine engine, LoopProfile profile, Call call, Completable<T> done) {
    this.requester = requester;
    this.engine = engine;
    this.profile = profile;
    this.call = call;
    this.done = (Completable<Object>) done;
  }

  /** Begins; may complete at once. */
  void start() {
    if (engine.isClosed()) {
      ended = true;
      done.fail(new SessionClosed(false));
      return;
    }
    engine.enter();
    long timeoutNanos = call.timeoutNanos();
    if (timeoutNanos > 0) {
      engine.deadlines().addOpen(this, timeoutNanos);
    } else {
      engine.deadlines().noteStart(this);
    }
    if (done instanceof Throttled<?> throttled && !throttled.admit(this)) {
      // Nothing is written, so no flush lets the time of the request begin.
      engine.deadlines().startOpen();
      return;
    }
    begin(false);
  }

  /** Sends it, now that it may begin; tells whether it has waited for that. */
  void begin(boolean waited) {
    plan = call.plan(engine, profile);
    CqlException notUsed = call.unknownNode(engine);
    if (notUsed != null) {
      failures().addRefusal(String.valueOf(call.settings().node()), notUsed);
    }
    startAttempt(false, waited);
    engine.routing().release();
  }

  /** Begins an attempt, on the next node of the plan. */
  void startAttempt(boolean speculative, boolean waited) {
    Attempt attempt = new Attempt(this, speculative);
    attempt.hasWaited = waited;
    attempt.next = running;
    running = attempt;
    tryNextNode(attempt);
  }

  /** Lets an attempt go on with the next node of the plan. */
  void tryNextNode(Attempt attempt) {
    Connection connection = NodeSearch.next(attempt, plan, engine, this);
    if (connection != null) {
      send(attempt, attempt.requireNode(), connection);
    } else if (attempt.pool == null || RunningAttempts.leavesWaiting(running, attempt)) {
      onNoNodeLeft(attempt);
    } else {
      // Nothing is written, so no flush lets the time of the request begin.
      engine.deadlines().startOpen();
      if (!attempt.awaitConnection()) {
        fail(new RequestQueueFull(engine.room().limit()));
      }
    }
  }

  void onConnection(Attempt attempt, Connection connection) {
    attempts -= attempt.takeResent() ? 1 : 0;
    if (mayAttempt()) {
      send(attempt, attempt.requireNode(), connection);
    } else {
      // Another one was made while this one waited.
      onNoNodeLeft(attempt);
    }
  }

  void onNoConnection(Attempt attempt, CqlException reason) {
    if (reason instanceof SessionClosed) {
      // One for each request: the details of a failure are its own.
      fail(failures().sessionClosed());
    } else if (attempt.takeResent()) {
      // The node has refused it before: that was an attempt.
      onFailure(attempt, reason, false);
    } else {
      failures().addRefusal(attempt.endpoint(), reason);
      tryNextNode(attempt);
    }
  }

  /** Sends the request, the first time or again. */
  void send(Attempt attempt, Node node, Connection connection) {
    attempt.node = node;
    if (attempts == 0 && !attempt.hasWaited) {
      attempt.startWithExecution();
    } else {
      attempt.startAt(engine.deadlines().nanoTime());
    }
    attempts++;
    // One limit serves an attempt over UNPREPARED and what follows. It is there before the request:
    // the flush that lets its time begin may come with it.
    attempt.startLimit(engine.deadlines(), call.attemptTimeoutNanos());
    try {
      attempt.shape = call.shape();
      requestBytes = connection.send(call.request(), attempt);
    } catch (CqlException | IllegalArgumentException cannotBeEncoded) {
      fail(cannotBeEncoded);
      return;
    }
    if (call.isIdempotent()) {
      speculator = Speculator.plan(speculator, this, engine, profile, node);
    }
  }

  /** Tells whether one more node may be asked. */
  boolean mayAttempt() {
    return !ended && attempts < call.profile().maxAttempts();
  }

  void onResponse(
      Attempt attempt, Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    Object value;
    try {
      Response response = ResponseDecoder.decode(opcode, flags, body, body.length, from.features());
      if (response instanceof ErrorMessage error) {
        onServerError(attempt, from, error);
        return;
      }
      Result result = Results.require(response, from, call.request());
      if ((flags & FrameHeader.CUSTOM_PAYLOAD) != 0 && from.features().tablets()) {
        engine.tablets().read(from, result.prefix(), call.keyspace(), call.table());
      }
      if (result instanceof SchemaChange change && engine.schemaChanges().mustSpread(change)) {
        awaitAgreement(attempt, from, change, wireBytes);
        return;
      }
      value = call.read(this, attempt, from, result, wireBytes);
    } catch (CqlException damaged) {
      // One frame is wrong, the framing is not: others on the connection may end first.
      from.retire();
      onLost(attempt, damaged, true);
      return;
    }
    long latencyNanos = from.lastReadNanos() - attempt.startNanos();
    engine.deadlines().latencies().add(latencyNanos);
    profile.onAnswer(attempt.requireNode(), latencyNanos);
    succeed(attempt, value, from.lastReadNanos());
  }

  /** The statement is done; what follows has a limit of its own. Rules 2.14. */
  private void awaitAgreement(Attempt attempt, Connection from, SchemaChange change, int bytes) {
    engine.deadlines().cancel(this);
    if (speculator != null) {
      engine.deadlines().cancel(speculator);
    }
    attempt.cancelLimit(engine.deadlines());
    SchemaChanges changes = engine.schemaChanges();
    changes.spread(
        from,
        change,
        agreed -> {
          schemaInAgreement = agreed;
          if (!ended) {
            Object value = call.read(this, attempt, from, change, bytes);
            succeed(attempt, value, engine.deadlines().nanoTime());
          }
        });
  }

  private void onServerError(Attempt attempt, Connection from, ErrorMessage message) {
    CqlException error = ServerErrors.toException(message);
    PreparedStatementImpl forgotten = Repreparer.forgotten(call, message);
    if (forgotten == null) {
      onFailure(attempt, error, true);
    } else if (!attempt.repreparer().start(engine, call, forgotten, from)) {
      // The node forgets what it is told. It has done nothing: another one may be asked.
      onFailure(attempt, error, false);
    }
  }

  /** The node knows the statement again: the same attempt goes on. */
  void onReprepared(Attempt attempt, Connection from) {
    call.renew(null);
    engine.metrics().repreparations().add(1);
    if (from.canSend()) {
      attempts--;
      send(attempt, attempt.requireNode(), from);
    } else if (!attempt.awaitRoom(from, engine)) {
      onFailure(attempt, new ConnectionBusy(from.endpoint(), from.inFlight()), false);
    }
  }

  /** There is no answer, or none that can be read: what became of the request is not known. */
  void onLost(Attempt attempt, CqlException error, boolean written) {
    if (written) {
      failures().addUnanswered();
    }
    onFailure(attempt, error, written);
  }

  /**
   * An attempt failed.
   *
   * @param written whether the request may have reached the node
   */
  void onFailure(Attempt attempt, CqlException error, boolean written) {
    if (!ended) {
      recovery().onFailure(attempt, error, written);
    }
  }

  /** Goes on after a delay, unless it has ended in the meantime. */
  void repeatNow(Attempt attempt, @Nullable Node same) {
    if (mayAttempt()) {
      recovery().repeatNow(attempt, same);
    } else if (!ended) {
      // Another one was made meanwhile.
      onNoNodeLeft(attempt);
    }
  }

  /** An attempt gives up; the last one ends the execution. */
  void onNoNodeLeft(Attempt attempt) {
    attempt.cancelLimit(engine.deadlines());
    recovery().passedOver().inherit(attempt.pool);
    running = RunningAttempts.without(running, attempt);
    if (running == null) {
      fail(recovery().noNodeLeft());
    }
  }

  @Override
  protected void onDeadline() {
    List<String> waitingFor = RunningAttempts.suspect(running);
    engine.metrics().requestTimeouts().add(1);
    fail(Timeouts.of(this, startNanos(), call.timeoutNanos(), waitingFor));
  }

  /** Ends with this result, which was there at this moment, unless it has ended. */
  void succeed(Attempt attempt, Object value, long atNanos) {
    if (!ended) {
      engine.metrics().onAnswer(atNanos - startNanos(), atNanos);
      attempt.cancelLimit(engine.deadlines());
      running = RunningAttempts.without(running, attempt);
      RunningAttempts.countLosers(running, engine);
      end();
      done.succeed(value);
    }
  }

  /** Ends with this error, unless it has ended. */
  void fail(Throwable error) {
    if (ended) {
      return;
    }
    recovery().onEnd(running);
    engine.metrics().failures().add(1);
    end();
    if (error instanceof CqlException typed) {
      typed.withDetails(failures().details(elapsedSince(startNanos())));
    }
    done.fail(error);
  }

  /**
   * A policy or a codec threw: only this request fails, not the connection that brought the answer.
   */
  void onBroken(RuntimeException broken) {
    if (ended) {
      throw broken;
    }
    fail(broken);
  }

  private void end() {
    ended = true;
    engine.deadlines().cancel(this);
    if (speculator != null) {
      engine.deadlines().cancel(speculator);
    }
    engine.metrics().onEnd(attempts - 1 - speculativeAttempts());
    RunningAttempts.abandon(running, engine.deadlines());
    running = null;
    engine.leave();
  }

  /** Returns when its time began, by the clock of the loop. */
  long startNanos() {
    return engine.deadlines().startOf(this, call.timeoutNanos());
  }

  /** The start comes first: the clock must not be read before it is known. */
  long elapsedSince(long sinceNanos) {
    return engine.deadlines().nanoTime() - sinceNanos;
  }

  Statement<?> statement() {
    return call.statement();
  }

  Call call() {
    return call;
  }

  Requester requester() {
    return requester;
  }

  List<AttemptFailure> failedAttempts() {
    return recovery == null ? List.of() : recovery.log().attempts();
  }

  /** Returns how many sends there were. */
  int attempts() {
    return attempts;
  }

  int speculativeAttempts() {
    return speculator == null ? 0 : speculator.attempts();
  }

  boolean schemaInAgreement() {
    return schemaInAgreement;
  }

  int requestBytes() {
    return requestBytes;
  }

  FailureLog failures() {
    return recovery().log();
  }

  @Nullable PassedOver passedOver() {
    return recovery == null ? null : recovery.passedOver();
  }

  Recovery recovery() {
    if (recovery == null) {
      recovery = new Recovery(this, engine, profile, call);
    }
    return recovery;
  }
}
