package cqloop.netty.exec;

import cqloop.Statement;
import cqloop.error.AttemptFailure;
import cqloop.error.ConnectionBusy;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.IsBootstrapping;
import cqloop.error.RequestQueueFull;
import cqloop.error.RequestTimeout;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import cqloop.netty.loop.Deadline;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Request;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import cqloop.netty.message.Result;
import cqloop.netty.message.SchemaChange;
import cqloop.netty.pool.NodePool;
import cqloop.spi.QueryPlan;
import cqloop.spi.RetryVerdict;
import io.vertx.core.Completable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. One request of the application from its start to its one outcome. All decisions are
 * here: which node next, whether to repeat, when to speculate, when to give up. As a deadline it is
 * the time limit of the whole.
 */
public final class Execution extends Deadline {

  private final Requester requester;
  private final LoopEngine engine;
  private final LoopProfile profile;
  private final Call call;
  private final Completable<Object> done;

  private Request request;
  private @Nullable QueryPlan plan;
  private @Nullable Attempt running;
  private @Nullable FailureLog failures;
  private @Nullable Speculator speculator;
  private int attempts;
  private int retries;
  private int speculativeAttempts;
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
    this.request = call.request(null);
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
    plan = call.plan(engine, profile);
    CqlException notUsed = call.unknownNode(engine);
    if (notUsed != null) {
      failures().addRefusal(String.valueOf(call.settings().node()), notUsed);
    }
    startAttempt(false);
  }

  private void startAttempt(boolean speculative) {
    Attempt attempt = new Attempt(this, speculative);
    attempt.next = running;
    running = attempt;
    tryNextNode(attempt);
  }

  private void tryNextNode(Attempt attempt) {
    Connection connection = NodeSearch.next(attempt, plan, engine, this);
    if (connection != null) {
      send(attempt, attempt.requireNode(), connection);
    } else if (attempt.worthWaiting == null || attempt.speculative) {
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
    send(attempt, attempt.requireNode(), connection);
  }

  void onNoConnection(Attempt attempt, CqlException reason) {
    if (reason instanceof SessionClosed) {
      // One for each request: the details of a failure are its own.
      fail(failures().sessionClosed());
    } else {
      failures().addRefusal(attempt.endpoint(), reason);
      tryNextNode(attempt);
    }
  }

  private void send(Attempt attempt, Node node, Connection connection) {
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
      requestBytes = connection.send(request, attempt);
    } catch (CqlException | IllegalArgumentException cannotBeEncoded) {
      fail(cannotBeEncoded);
      return;
    }
    if (call.isIdempotent()) {
      planSpeculation(node);
    }
  }

  private void planSpeculation(Node node) {
    long delayNanos = profile.speculation().nextDelayNanos(node, speculativeAttempts);
    if (delayNanos >= 0) {
      speculator = speculator == null ? new Speculator(this) : speculator;
      speculator.plan(engine.deadlines(), delayNanos);
    }
  }

  /** The answer is late: asks one more node, unless none has room. */
  void speculate() {
    if (!ended && attempts < call.profile().maxAttempts()) {
      speculativeAttempts++;
      startAttempt(true);
    }
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
      Result result = Results.require(response, from, request);
      if (result instanceof SchemaChange && engine.needsSchemaAgreement()) {
        awaitAgreement(attempt, from, result, wireBytes);
        return;
      }
      value = call.read(this, attempt, from, result, wireBytes);
    } catch (CqlException damaged) {
      // One frame is wrong, the framing is not: others on the connection may end first.
      from.retire();
      onLost(attempt, from, damaged, true);
      return;
    }
    profile
        .loadBalancing()
        .onAttempt(attempt.requireNode(), from.lastReadNanos() - attempt.startNanos(), null);
    succeed(attempt, value);
  }

  /** The statement is done; what follows has a limit of its own. Rules 2.14. */
  private void awaitAgreement(Attempt attempt, Connection from, Result result, int wireBytes) {
    engine.deadlines().cancel(this);
    if (speculator != null) {
      engine.deadlines().cancel(speculator);
    }
    attempt.cancelLimit(engine.deadlines());
    engine.awaitSchemaAgreement(
        from,
        agreed -> {
          schemaInAgreement = agreed;
          if (!ended) {
            succeed(attempt, call.read(this, attempt, from, result, wireBytes));
          }
        });
  }

  private void onServerError(Attempt attempt, Connection from, ErrorMessage message) {
    CqlException error = ServerErrors.toException(message);
    if (message.code() == ErrorMessage.UNPREPARED
        && attempt.repreparations < call.maxRepreparations()) {
      attempt.repreparations++;
      Repreparer repreparer = Repreparer.of(this, attempt, call, message);
      if (repreparer != null) {
        attempt.repreparer = repreparer;
        repreparer.start(from);
        return;
      }
    }
    onFailure(attempt, from, error, true);
  }

  /** The node knows the statement again: the same attempt goes on. */
  void onReprepared(Attempt attempt, Connection from) {
    attempt.repreparer = null;
    request = call.request(null);
    if (from.canSend()) {
      attempts--;
      send(attempt, attempt.requireNode(), from);
    } else {
      onFailure(attempt, from, new ConnectionBusy(from.endpoint(), from.inFlight()), false);
    }
  }

  /** There is no answer, or none that can be read: what became of the request is not known. */
  void onLost(Attempt attempt, Connection from, CqlException error, boolean written) {
    if (written) {
      failures().addUnanswered();
    }
    onFailure(attempt, from, error, written);
  }

  /**
   * An attempt failed.
   *
   * @param written whether the request may have reached the node
   */
  void onFailure(Attempt attempt, Connection from, CqlException error, boolean written) {
    if (ended) {
      return;
    }
    Node node = attempt.requireNode();
    long elapsedNanos = elapsedSince(attempt.startNanos());
    attempt.cancelLimit(engine.deadlines());
    failures().addAttempt(node, elapsedNanos, error, written);
    profile.loadBalancing().onAttempt(node, elapsedNanos, error);
    if (engine.isClosed() && error instanceof ConnectionClosed) {
      fail(failures().sessionClosed());
      return;
    }
    if (attempts >= call.profile().maxAttempts()) {
      // Another attempt may still be answered.
      onNoNodeLeft(attempt);
      return;
    }
    RetryVerdict verdict = decide(node, error, written);
    if (verdict.consistency() != null) {
      request = call.request(verdict.consistency());
    }
    switch (verdict.decision()) {
      case RETRY_SAME -> repeat(attempt, node, verdict.delayMillis());
      case RETRY_NEXT -> repeat(attempt, null, verdict.delayMillis());
      case IGNORE -> succeed(attempt, call.empty(this, attempt));
      case RETHROW -> fail(error);
    }
  }

  /** The only place where it is decided whether a failed attempt is repeated. Rules 2.10. */
  private RetryVerdict decide(Node node, CqlException error, boolean written) {
    if (!written || error instanceof IsBootstrapping) {
      return RetryVerdict.RETRY_NEXT;
    }
    if (!RetryRules.isOpen(error, call.isIdempotent())) {
      return RetryVerdict.RETHROW;
    }
    long elapsedNanos = elapsedSince(startNanos());
    return profile
        .retry()
        .onFailure(
            new FailedAttemptImpl(
                error, node, call.isIdempotent(), call.consistency(), retries++, elapsedNanos));
  }

  private void repeat(Attempt attempt, @Nullable Node same, long delayMillis) {
    if (delayMillis > 0) {
      Repetition.after(delayMillis, engine.loop(), this, attempt, same);
    } else {
      repeatNow(attempt, same);
    }
  }

  void repeatNow(Attempt attempt, @Nullable Node same) {
    if (ended) {
      return;
    }
    attempt.cancelLimit(engine.deadlines());
    attempt.repreparations = 0;
    NodePool pool = same == null ? null : engine.pool(same);
    Connection connection = pool == null ? null : pool.pick();
    if (connection != null && same != null) {
      send(attempt, same, connection);
    } else {
      tryNextNode(attempt);
    }
  }

  private void onNoNodeLeft(Attempt attempt) {
    attempt.cancelLimit(engine.deadlines());
    running = RunningAttempts.without(running, attempt);
    if (running == null) {
      fail(failures().noNodeLeft());
    }
  }

  @Override
  protected void onDeadline() {
    List<String> waitingFor = RunningAttempts.suspect(running);
    fail(timeout(startNanos(), call.timeoutNanos(), waitingFor));
  }

  /** One attempt took longer than one may. */
  void onAttemptLimit(Attempt attempt) {
    Connection silent = attempt.silentConnection();
    // A node that does not prepare the statement again has refused the request itself.
    boolean written = attempt.connection() != null;
    attempt.limit = null;
    if (silent != null) {
      silent.onRequestTimedOut(attempt.startNanos());
      attempt.abandon();
      List<String> waitingFor = written ? List.of(attempt.endpoint()) : List.of();
      onFailure(
          attempt,
          silent,
          timeout(attempt.startNanos(), call.attemptTimeoutNanos(), waitingFor),
          written);
    }
  }

  private RequestTimeout timeout(long sinceNanos, long limitNanos, List<String> waitingFor) {
    return new RequestTimeout(
        Duration.ofNanos(elapsedSince(sinceNanos)),
        Duration.ofNanos(limitNanos),
        waitingFor,
        attempts);
  }

  private void succeed(Attempt attempt, Object value) {
    if (!ended) {
      attempt.cancelLimit(engine.deadlines());
      running = RunningAttempts.without(running, attempt);
      end();
      done.succeed(value);
    }
  }

  private void fail(Throwable error) {
    if (ended) {
      return;
    }
    if (RunningAttempts.isAnswerDue(running)) {
      failures().addUnanswered();
    }
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
    RunningAttempts.abandon(running, engine.deadlines());
    running = null;
    engine.leave();
  }

  /** Returns when its time began, by the clock of the loop. */
  long startNanos() {
    return engine.deadlines().startOf(this, call.timeoutNanos());
  }

  /** The start comes first: the clock must not be read before it is known. */
  private long elapsedSince(long sinceNanos) {
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
    return failures == null ? List.of() : failures.attempts();
  }

  int speculativeAttempts() {
    return speculativeAttempts;
  }

  boolean schemaInAgreement() {
    return schemaInAgreement;
  }

  int requestBytes() {
    return requestBytes;
  }

  FailureLog failures() {
    if (failures == null) {
      failures = new FailureLog();
    }
    return failures;
  }
}
