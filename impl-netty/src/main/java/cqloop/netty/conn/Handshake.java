package cqloop.netty.conn;

import cqloop.ProtocolVersion;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.error.HandshakeTimeout;
import cqloop.error.KeyspaceFailed;
import cqloop.error.TlsFailed;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.AuthChallenge;
import cqloop.netty.message.AuthResponse;
import cqloop.netty.message.AuthSuccess;
import cqloop.netty.message.Authenticate;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Event;
import cqloop.netty.message.Features;
import cqloop.netty.message.Options;
import cqloop.netty.message.Ready;
import cqloop.netty.message.Request;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import cqloop.netty.message.SetKeyspace;
import cqloop.netty.message.Startup;
import cqloop.netty.message.Supported;
import cqloop.netty.tls.TlsContext;
import cqloop.netty.tls.TlsFailures;
import cqloop.netty.wire.Compression;
import cqloop.spi.AuthSession;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Turns a socket into a connection that takes requests: OPTIONS, STARTUP, the exchange
 * of the authenticator, and USE when there is a keyspace. The whole must end within its deadline.
 */
final class Handshake extends PendingResponse implements ConnectionOwner {

  /** No honest mechanism takes longer; faults F16. */
  private static final int MAX_AUTH_ROUNDS = 16;

  private static final int MAX_AUTH_TOKEN_BYTES = 64 * 1024;

  private static final String CQL_VERSION = "3.0.0"; // native_protocol_v5.spec, 4.1.1

  private final EventLoop loop;
  private final Connection self;
  private final SocketAddress address;
  private final ConnectionConfig config;
  private final ProtocolVersion version;
  private final @Nullable String keyspace;
  private final ConnectionOwner owner;
  private final Deadlines deadlines;
  private final Completable<Connection> done;
  private final Limit limit = new Limit();
  private final boolean secured;
  private final String label;

  private String step = "OPTIONS";
  private @Nullable AuthSession auth;
  private int authRounds;
  private boolean ended;

  Handshake(
      EventLoop loop,
      ConnectionHandler handler,
      Connector.Target target,
      ProtocolVersion version,
      Deadlines deadlines,
      Completable<Connection> done) {
    this.loop = loop;
    this.self =
        new Connection(
            deadlines, handler, target.endpoint(), target.config(), Features.of(version), this);
    this.label = target.label();
    this.address = target.address();
    this.config = target.config();
    this.version = version;
    this.keyspace = target.keyspace();
    this.owner = target.owner();
    this.deadlines = deadlines;
    this.done = done;
    this.secured = TlsContext.isSecured(handler.context().channel());
  }

  /** Begins; what it gives ends it. */
  Opening start() {
    if (config.handshakeNanos() > 0) {
      deadlines.add(limit, deadlines.nanoTime(), config.handshakeNanos());
    }
    send("OPTIONS", Options.INSTANCE);
    return () -> fail(new ConnectionFailed(label, "given up during " + step, null));
  }

  private void send(String name, Request request) {
    step = name;
    if (!ended && !self.isClosed()) {
      self.sendReserved(request, this);
    }
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    Response response;
    try {
      response = ResponseDecoder.decode(opcode, flags, body, body.length, self.features());
    } catch (CqlException malformed) {
      fail(malformed);
      return;
    }
    if (response instanceof ErrorMessage error) {
      onError(error);
    } else if (response instanceof Supported supported && step.equals("OPTIONS")) {
      onSupported(supported);
    } else if (response instanceof Ready && step.equals("STARTUP")) {
      onReady();
    } else if (response instanceof Authenticate authenticate && step.equals("STARTUP")) {
      onAuthenticate(authenticate);
    } else if (response instanceof AuthChallenge challenge && isLogin()) {
      onChallenge(challenge);
    } else if (response instanceof AuthSuccess success && auth != null && isLogin()) {
      await(auth.onSuccess(bufferOf(success.token())), nothing -> selectKeyspace());
    } else if (response instanceof SetKeyspace && step.equals("USE")) {
      succeed();
    } else {
      fail(new UnexpectedResponse(label, step, response.getClass().getSimpleName()));
    }
  }

  private boolean isLogin() {
    return step.equals("AUTH_RESPONSE");
  }

  private void onSupported(Supported supported) {
    self.setSupported(supported.options(), version);
    Map<String, String> options = new LinkedHashMap<>();
    options.put("CQL_VERSION", CQL_VERSION);
    options.putAll(config.startupOptions());
    options.putAll(self.features().startupOptions());
    String compression = config.compression();
    if (compression != null) {
      if (!self.supported("COMPRESSION").contains(compression)) {
        fail(
            new ConnectionFailed(
                label,
                "compression '%s' is wanted, but the node offers only %s"
                    .formatted(compression, self.supported("COMPRESSION")),
                null));
        return;
      }
      options.put("COMPRESSION", compression);
      self.setCompression(Compression.of(compression));
    }
    send("STARTUP", new Startup(options));
  }

  private void onReady() {
    if (version.hasSegments()) {
      self.startSegments();
    }
    if (config.authenticator() != null) {
      try {
        config.authenticator().onNotAsked(address);
      } catch (RuntimeException refused) {
        onAuthenticatorFailed(refused);
        return;
      }
    }
    selectKeyspace();
  }

  private void onAuthenticate(Authenticate authenticate) {
    if (version.hasSegments()) {
      self.startSegments();
    }
    if (config.authenticator() == null) {
      fail(
          new AuthenticationFailed(
              label,
              "the node asks for a login (%s), but no authenticator is configured; set the auth"
                      .formatted(authenticate.authenticator())
                  + " option, to 'plain' for a password or 'external' for a certificate",
              null));
      return;
    }
    try {
      auth = config.authenticator().begin(address, authenticate.authenticator());
      await(auth.first(), this::answer);
    } catch (RuntimeException broken) {
      onAuthenticatorFailed(broken);
    }
  }

  private void onChallenge(AuthChallenge challenge) {
    if (++authRounds > MAX_AUTH_ROUNDS) {
      fail(new AuthenticationFailed(label, "more than " + MAX_AUTH_ROUNDS + " challenges", null));
    } else if (auth != null) {
      try {
        await(auth.answer(bufferOf(challenge.token())), this::answer);
      } catch (RuntimeException broken) {
        onAuthenticatorFailed(broken);
      }
    }
  }

  private void answer(Buffer token) {
    if (token.length() > MAX_AUTH_TOKEN_BYTES) {
      fail(
          new AuthenticationFailed(
              label,
              "the authenticator gave a token of %s bytes, the limit is %s"
                  .formatted(token.length(), MAX_AUTH_TOKEN_BYTES),
              null));
      return;
    }
    byte[] bytes = token.getBytes();
    try {
      send("AUTH_RESPONSE", new AuthResponse(bytes));
    } finally {
      // It is in the buffer to be sent now; the heap shall not keep a copy.
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private void selectKeyspace() {
    if (keyspace == null) {
      succeed();
    } else {
      send("USE", Use.request(keyspace));
    }
  }

  private void onError(ErrorMessage error) {
    CqlException cause = ServerErrors.toException(error);
    boolean refused =
        error.code() == ErrorMessage.BAD_CREDENTIALS
            // Who may log in, but not as the one whom his authorization id names.
            || (error.code() == ErrorMessage.UNAUTHORIZED && isLogin());
    if (refused) {
      fail(new AuthenticationFailed(label, refusal(error.message()), cause));
    } else if (refusesVersion(error)) {
      fail(new VersionRefused(label, version, error.message()));
    } else if (step.equals("USE")) {
      fail(new KeyspaceFailed(String.valueOf(keyspace), error.message(), cause));
    } else {
      fail(cause);
    }
  }

  private String refusal(String serverText) {
    if (serverText.contains("Clock skew")) {
      // The node passes on what its Kerberos says: no credential is wrong (sun.security.krb5.Krb5).
      return serverText
          + "; the clocks of this machine, the KDC and the node must agree: synchronise them";
    }
    return config.authenticator() == null
        ? serverText + "; no authenticator is configured: set the auth option"
        : serverText + "; check the credentials of the auth option, and that the role may log in";
  }

  /**
   * JAVA-2925: a beta version is refused with a text of its own; Cassandra 2.1 with SERVER_ERROR.
   */
  private boolean refusesVersion(ErrorMessage error) {
    boolean early = step.equals("OPTIONS") || step.equals("STARTUP");
    String text = error.message();
    return early
        && (error.code() == ErrorMessage.PROTOCOL_ERROR
            || error.code() == ErrorMessage.SERVER_ERROR)
        && (text.contains("nvalid or unsupported protocol version")
            || text.contains("eta version of the protocol"));
  }

  /** What an authenticator gives may come on any thread; it goes on here, on the loop. */
  private <T> void await(Future<T> future, java.util.function.Consumer<T> next) {
    future.onComplete(
        (value, failure) ->
            loop.execute(
                () -> {
                  if (ended) {
                    return;
                  }
                  if (failure == null) {
                    next.accept(value);
                  } else {
                    onAuthenticatorFailed(failure);
                  }
                }));
  }

  private void onAuthenticatorFailed(Throwable failure) {
    // One that says so itself names the node and what to do; a second wrapping would hide it.
    fail(
        failure instanceof AuthenticationFailed known
            ? known
            : new AuthenticationFailed(
                label, "the authenticator failed: " + failure.getMessage(), failure));
  }

  private void succeed() {
    end();
    self.open(owner);
    done.succeed(self);
  }

  private void fail(CqlException error) {
    if (end()) {
      self.closeWith("handshake failed", error);
      done.fail(error);
    }
  }

  private boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    deadlines.cancel(limit);
    if (auth != null) {
      auth.close();
    }
    return true;
  }

  @Override
  protected void onLost(Connection from, CqlException error, boolean written) {
    if (end()) {
      done.fail(lost(error));
    }
  }

  private CqlException lost(CqlException error) {
    if (error instanceof TlsFailed) {
      return error;
    }
    if (error.getCause() instanceof TlsFailed cause) {
      return cause;
    }
    if (secured && step.equals("OPTIONS")) {
      return TlsFailures.closedEarly(label, error);
    }
    String hint =
        step.equals("OPTIONS") ? "; does the node speak TLS only? Then set the tls option" : "";
    return new ConnectionFailed(
        label, "closed during %s: %s%s".formatted(step, error.getMessage(), hint), error);
  }

  @Override
  public void onClosed(Connection connection, CqlException reason) {
    onLost(connection, reason, true);
  }

  @Override
  public void onAvailable(Connection connection) {
    // A handshake sends one request at a time and never asks for room.
  }

  @Override
  public void onRetired(Connection connection) {
    fail(new ConnectionFailed(label, "the body of the answer to " + step + " is damaged", null));
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    fail(new UnexpectedResponse(label, step, "an event that nobody registered for"));
  }

  private static @Nullable Buffer bufferOf(byte @Nullable [] token) {
    return token == null ? null : Buffer.buffer(token);
  }

  private final class Limit extends Deadline {
    @Override
    protected void onDeadline() {
      fail(new HandshakeTimeout(label, step, Duration.ofNanos(config.handshakeNanos())));
    }
  }
}
