package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.ProfileOptions;
import cqloop.error.CqlException;
import cqloop.error.InvalidOptions;
import cqloop.error.SessionClosed;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Home-loop-owned. Changes profiles while the session runs, one change after the other: first every
 * loop makes the new policies, and only when all could, every loop takes them.
 */
final class ProfileChanges {

  private final SessionCore core;
  private final SessionPolicies policies;
  private Future<Void> last = Future.succeededFuture();

  ProfileChanges(SessionCore core, SessionPolicies policies) {
    this.core = core;
    this.policies = policies;
  }

  /** Any thread. */
  Future<Void> set(String name, ProfileOptions options) {
    ProfileOptions copy = new ProfileOptions(options);
    Promise<Void> done = Promise.promise();
    home()
        .execute(
            () -> {
              last = last.transform((nothing, ignored) -> change(name, copy));
              last.onComplete(done);
            });
    return done.future();
  }

  private Future<Void> change(String name, ProfileOptions options) {
    if (core.closer().isClosing()) {
      return Future.failedFuture(new SessionClosed(false));
    }
    Profiles before = policies.profiles();
    Profiles after;
    try {
      after = new Profiles(with(before.options(), name, options));
    } catch (CqlException wrong) {
      return Future.failedFuture(wrong);
    } catch (IllegalArgumentException wrong) {
      return Future.failedFuture(
          new InvalidOptions("profiles." + name, String.valueOf(wrong.getMessage()), wrong));
    }
    Map<LoopEngine, List<LoopProfile>> made = new HashMap<>();
    return onEach(engine -> made(engine, before, after), made::put)
        .compose(
            nothing -> {
              // First for loops that start from now on, then for those that run, then the names.
              policies.setProfiles(after);
              return onEach(
                  engine -> take(engine, made.getOrDefault(engine, List.of()), before, after),
                  (engine, taken) -> {});
            })
        .onSuccess(nothing -> core.setProfiles(after));
  }

  private List<LoopProfile> made(LoopEngine engine, Profiles before, Profiles after) {
    try {
      return policies.renew(engine, before, after);
    } catch (IllegalArgumentException refused) {
      throw new InvalidOptions("profiles", String.valueOf(refused.getMessage()), refused);
    }
  }

  private boolean take(LoopEngine engine, List<LoopProfile> made, Profiles before, Profiles after) {
    // One that has started in the meantime has made nothing yet.
    engine.setProfiles(made.isEmpty() ? made(engine, before, after) : made);
    return true;
  }

  /** Does something on each loop, and takes what comes of it on the home loop. */
  private <T> Future<Void> onEach(Function<LoopEngine, T> work, BiConsumer<LoopEngine, T> taker) {
    List<Future<Void>> all = new ArrayList<>();
    for (LoopEngine engine : core.loops().all()) {
      Promise<Void> promise = Promise.promise();
      engine
          .loop()
          .execute(
              () -> {
                try {
                  T result = work.apply(engine);
                  home().execute(() -> taker.accept(engine, result));
                  home().execute(promise::complete);
                } catch (RuntimeException failure) {
                  home().execute(() -> promise.fail(failure));
                }
              });
      all.add(promise.future());
    }
    return Future.join(all).mapEmpty();
  }

  private EventLoop home() {
    return core.loops().home().loop();
  }

  private static CqlOptions with(CqlOptions all, String name, ProfileOptions options) {
    CqlOptions changed = new CqlOptions(all);
    return name.equals(CqlOptions.DEFAULT_PROFILE)
        ? changed.setDefaultProfile(options)
        : changed.addProfile(name, options);
  }
}
