package cqloop.netty.exec;

import cqloop.BatchStatement;
import cqloop.BoundStatement;
import cqloop.DerivedProfile;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.StatementSettings;
import cqloop.error.InvalidOptions;
import cqloop.netty.codec.SimpleValues;
import cqloop.netty.engine.Admissions;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import io.vertx.core.Completable;

/** Loop-owned. Begins executions: the way from the session into this package. */
public final class Calls {

  private Calls() {}

  /**
   * Executes a statement on this loop.
   *
   * @param profileIndex profile of the session; the statement may name another
   * @param done completed on the loop, once
   */
  public static void execute(
      Requester requester,
      LoopEngine engine,
      int profileIndex,
      Statement<?> statement,
      Completable<RowSet> done) {
    Execution execution;
    try {
      LoopProfile profile = profile(requester, engine, statement, profileIndex);
      execution =
          new Execution(
              requester,
              engine,
              profile,
              call(requester, profile, statement),
              throttled(engine, done));
    } catch (RuntimeException cannotBegin) {
      done.fail(cannotBegin);
      return;
    }
    try {
      execution.start();
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  /**
   * Prepares a text on one node.
   *
   * @param done completed on the loop, once
   */
  public static void prepare(
      Requester requester,
      LoopEngine engine,
      int profileIndex,
      SimpleStatement text,
      Completable<PreparedOn> done) {
    Execution execution;
    try {
      LoopProfile profile = profile(requester, engine, text, profileIndex);
      PrepareCall call =
          new PrepareCall(text, engine.shared().keyspace(), profile.settings(), requester.codecs());
      execution = new Execution(requester, engine, profile, call, throttled(engine, done));
    } catch (RuntimeException cannotBegin) {
      done.fail(cannotBegin);
      return;
    }
    try {
      execution.start();
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  /** Returns a view of a prepared statement of this driver with other settings. */
  public static PreparedStatement withSettings(
      PreparedStatement prepared, StatementSettings settings) {
    return settings == StatementSettings.NONE ? prepared : prepared.withSettings(settings);
  }

  private static <T> Completable<T> throttled(LoopEngine engine, Completable<T> done) {
    Admissions admissions = engine.admissions();
    return admissions == null ? done : new Throttled<>(admissions, done);
  }

  private static LoopProfile profile(
      Requester requester, LoopEngine engine, Statement<?> statement, int sessionProfile) {
    int index = requester.profileOf(statement, sessionProfile);
    DerivedProfile own = statement.settings().derivedProfile();
    if (own == null) {
      return engine.profile(index, null);
    }
    try {
      return engine.profile(index, own);
    } catch (IllegalArgumentException refused) {
      throw new InvalidOptions("profileOptions", String.valueOf(refused.getMessage()), refused);
    }
  }

  private static Call call(Requester requester, LoopProfile profile, Statement<?> statement) {
    SimpleValues codecs = requester.simpleValues();
    if (statement instanceof BoundStatement bound) {
      return new BoundCall(bound, profile.settings(), profile.timestamps());
    } else if (statement instanceof SimpleStatement simple) {
      return new SimpleCall(simple, profile.settings(), codecs, profile.timestamps());
    }
    return new BatchCall(
        (BatchStatement) statement, profile.settings(), codecs, profile.timestamps());
  }
}
