package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owned by one test. What every authenticator must keep to, whatever mechanism it speaks. */
public abstract class AuthenticatorTck {

  /** Longest time that one step may take. */
  private static final long LIMIT_SECONDS = 30;

  /** Longest time that a method may keep the event loop, with room for a slow test machine. */
  private static final long LOOP_MILLIS = 500;

  protected static final SocketAddress NODE = SocketAddress.inetSocketAddress(9042, "127.0.0.1");

  @SuppressWarnings("NullAway.Init") // Opened before each test.
  private Vertx vertx;

  /** Returns the authenticator as a session with this Vert.x has it. */
  protected abstract Authenticator authenticator(Vertx sessionVertx);

  /** Returns the class name of a server that the authenticator knows to answer. */
  protected abstract String serverClass();

  /** Returns the secrets that it was given; none of them may be shown. */
  protected abstract List<String> secrets();

  @BeforeEach
  void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void closeVertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  public void answersTheServersItIsFor() {
    AuthSession session = authenticator(vertx).begin(NODE, serverClass());
    assertThat(outcome(onLoop(session::first)) instanceof Buffer).isEqualTo(answers());
    session.close();
  }

  @Test
  public void neverBlocksTheEventLoop() {
    Authenticator authenticator = authenticator(vertx);
    AuthSession[] session = new AuthSession[1];
    Supplier<Future<Buffer>> begin =
        () -> {
          session[0] = authenticator.begin(NODE, serverClass());
          return session[0].first();
        };
    outcome(onLoop(begin));
    outcome(onLoop(() -> session[0].answer(Buffer.buffer("x"))));
    outcome(onLoop(() -> session[0].onSuccess(null)));
    outcome(
        onLoop(
            () -> {
              session[0].close();
              return Future.succeededFuture();
            }));
  }

  @Test
  public void failsTheFutureAndDoesNotThrow() {
    for (Buffer challenge :
        new Buffer[] {null, Buffer.buffer(), Buffer.buffer("?"), Buffer.buffer(new byte[70_000])}) {
      AuthSession session = authenticator(vertx).begin(NODE, serverClass());
      outcome(onLoop(session::first));
      // Whatever the answer is, it comes, and as a future; twice is once too often for a server.
      outcome(onLoop(() -> session.answer(challenge)));
      outcome(onLoop(() -> session.answer(challenge)));
      session.close();
    }
  }

  @Test
  public void showsNoSecret() {
    Authenticator authenticator = authenticator(vertx);
    StringWriter shown = new StringWriter();
    shown.append(authenticator.toString());
    for (String server : List.of(serverClass(), "com.example.UnknownAuthenticator")) {
      AuthSession session = authenticator.begin(NODE, server);
      shown.append(session.toString());
      Object first = outcome(onLoop(session::first));
      append(shown, first);
      // A server that sends back what it got must not make us write it to a log.
      Buffer echo = first instanceof Buffer token ? token.copy() : Buffer.buffer();
      append(shown, outcome(onLoop(() -> session.answer(echo))));
      append(shown, outcome(onLoop(() -> session.answer(echo))));
      session.close();
      shown.append(session.toString());
    }
    for (String secret : secrets()) {
      assertThat(shown.toString()).doesNotContain(secret);
    }
  }

  @Test
  public void wipesItsTokenAtTheEnd() {
    AuthSession session = authenticator(vertx).begin(NODE, serverClass());
    List<Buffer> tokens = new ArrayList<>();
    for (Object outcome :
        new Object[] {
          outcome(onLoop(session::first)), outcome(onLoop(() -> session.answer(challenge())))
        }) {
      if (outcome instanceof Buffer token) {
        tokens.add(token);
      }
    }
    session.close();
    session.close();
    for (Buffer token : tokens) {
      for (String secret : secrets()) {
        assertThat(token.toString()).doesNotContain(secret);
      }
    }
  }

  @Test
  public void keepsTheExchangesOfTwoConnectionsApart() {
    Authenticator authenticator = authenticator(vertx);
    AuthSession one = authenticator.begin(NODE, serverClass());
    AuthSession other = authenticator.begin(NODE, serverClass());
    Object first = outcome(onLoop(one::first));
    Buffer before = first instanceof Buffer token ? token.copy() : null;
    one.close();
    Object second = outcome(onLoop(other::first));
    if (before != null && isRepeatable()) {
      assertThat(second).isEqualTo(before);
    } else {
      assertThat(second.getClass()).isEqualTo(first.getClass());
    }
    other.close();
  }

  @Test
  public void endsAtAnyMoment() {
    AuthSession untouched = authenticator(vertx).begin(NODE, serverClass());
    untouched.close();
    AuthSession busy = authenticator(vertx).begin(NODE, serverClass());
    Future<Buffer> pending = onLoop(busy::first);
    busy.close();
    outcome(pending);
  }

  /** Tells whether it has a first token for {@link #serverClass}; false where it must refuse. */
  protected boolean answers() {
    return true;
  }

  /** Returns the challenge that a server sends first, where the mechanism has one. */
  protected Buffer challenge() {
    return Buffer.buffer();
  }

  /** Tells whether the first token is the same each time. */
  protected boolean isRepeatable() {
    return true;
  }

  /** Runs a step where the driver runs it, and checks that it gives the loop back at once. */
  private <T> Future<T> onLoop(Supplier<Future<T>> step) {
    CompletableFuture<Future<T>> started = new CompletableFuture<>();
    AtomicBoolean slow = new AtomicBoolean();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        ignored -> {
          long begin = System.nanoTime();
          Future<T> future = null;
          Throwable thrown = null;
          try {
            future = step.get();
          } catch (Throwable e) {
            thrown = e;
          }
          slow.set(System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(LOOP_MILLIS));
          if (thrown == null) {
            started.complete(future);
          } else {
            started.completeExceptionally(thrown);
          }
        });
    try {
      Future<T> future = started.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(future).as("the future of a step").isNotNull();
      assertThat(slow).as("the step kept the event loop for too long").isFalse();
      return future;
    } catch (ExecutionException e) {
      return fail("A step threw an exception instead of failing its future", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      return fail("A step did not return within " + LIMIT_SECONDS + " s", e);
    }
  }

  /** Returns the result, or the failure. */
  private static Object outcome(Future<?> future) {
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    future.onComplete(
        result ->
            outcome.complete(
                result.failed()
                    ? result.cause()
                    : result.result() == null ? "nothing" : result.result()));
    try {
      return outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return fail("A future did not complete within " + LIMIT_SECONDS + " s", e);
    }
  }

  private static void append(StringWriter shown, @Nullable Object outcome) {
    if (outcome instanceof Throwable failure) {
      failure.printStackTrace(new PrintWriter(shown));
    }
  }
}
