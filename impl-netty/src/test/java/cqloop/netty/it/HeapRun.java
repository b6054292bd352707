package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.TlsEngine;
import cqloop.TlsOptions;
import cqloop.auth.Credentials;
import cqloop.auth.PlainAuthenticatorProvider;
import cqloop.error.AuthenticationFailed;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Not shared. The client of {@link HeapSearchTest}, in a process of its own: logs in with canaries
 * and writes its heap to files. The canaries are made of numbers, so that no constant, argument or
 * buffer of standard input holds one.
 */
final class HeapRun {

  /** Given by a supplier, as characters. */
  static final int SUPPLIED = 3;

  /** Given by a supplier to nodes that refuse it. */
  static final int WRONG = 5;

  /** A text in the options. */
  static final int OPTION = 7;

  /** Kept on purpose: the search must find it. */
  static final int KEPT = 11;

  private static final int LENGTH = 24;

  @SuppressWarnings("unused") // The search shall find it.
  private static String kept = "";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final List<CqlSession> sessions = new ArrayList<>();
  private final String plain;
  private final String other;
  private final String secured;
  private final String authority;

  private HeapRun(String plain, String other, String secured, String authority) {
    this.plain = plain;
    this.other = other;
    this.secured = secured;
    this.authority = authority;
  }

  /** Returns the characters of a canary. */
  static char[] canary(int number) {
    char[] canary = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      canary[i] = (char) ('a' + (i * number + i / 3) % 26);
    }
    return canary;
  }

  /**
   * Takes a plain node, one with the password of the options, a secured one, the certificate of its
   * authority, and a folder.
   */
  public static void main(String[] arguments) {
    int status = 1;
    try {
      run(arguments);
      status = 0;
    } catch (Throwable bad) {
      bad.printStackTrace();
    }
    // The threads of Vert.x would keep the process after a failure.
    Runtime.getRuntime().halt(status);
  }

  private static void run(String[] arguments) throws Exception {
    kept = new String(canary(KEPT));
    HeapRun run = new HeapRun(arguments[0], arguments[1], arguments[2], arguments[3]);
    run.logins();
    run.option();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector.getCollectionCount() > 0) {
        throw new AssertionError("what is searched for may have been collected");
      }
    }
    dump(Path.of(arguments[4], HeapSearchTest.ALL), false);
    dump(Path.of(arguments[4], HeapSearchTest.LIVE), true);
    for (CqlSession session : run.sessions) {
      Awaits.get(session.close());
    }
    Awaits.get(run.vertx.close());
  }

  private void logins() {
    for (Wire wire : new Wire[] {Wire.V4, Wire.V5, Wire.V4_LZ4, Wire.V5_LZ4}) {
      login(() -> wire.applyTo(patient(Fakes.options().addContactPoint(plain))));
    }
    List<TlsEngine> engines = new ArrayList<>(List.of(TlsEngine.JDK));
    if (OpenSsl.isAvailable()) {
      engines.add(TlsEngine.OPENSSL);
    }
    for (TlsEngine engine : engines) {
      TlsOptions tls = new TlsOptions().setEngine(engine);
      tls.getTrust().setCertificatesPath(authority);
      login(() -> patient(TlsServers.options(secured, tls)));
    }
  }

  /** Logs in, and is refused, so. */
  private void login(Supplier<CqlOptions> options) {
    sessions.add(Awaits.get(connect(options.get(), SUPPLIED)));
    Awaits.failure(AuthenticationFailed.class, connect(options.get(), WRONG));
  }

  private Future<CqlSession> connect(CqlOptions options, int canary) {
    return CqlSession.builder(vertx)
        .options(options.setAuth(new PolicyOptions("plain")))
        .addProvider(
            PlainAuthenticatorProvider.of(
                node -> Future.succeededFuture(new Credentials("app", canary(canary)))))
        .connect();
  }

  /** A session whose password is a text, which is let go with it, and one that is refused. */
  private void option() {
    JsonObject config = new JsonObject().put("username", "app");
    config.put("password", new String(canary(OPTION)));
    PolicyOptions auth = new PolicyOptions("plain").setConfig(config);
    CqlOptions right = patient(Fakes.options().addContactPoint(other)).setAuth(auth);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, right));
    Awaits.get(session.execute("SELECT release_version FROM system.local"));
    Awaits.get(session.close());
    CqlOptions wrong = patient(Fakes.options().addContactPoint(plain)).setAuth(auth);
    Awaits.failure(AuthenticationFailed.class, CqlSession.connect(vertx, wrong));
  }

  /** A process that has just begun takes its time. */
  private static CqlOptions patient(CqlOptions options) {
    Duration limit = Duration.ofSeconds(20);
    options.getConnection().setConnectTimeout(limit).setHandshakeTimeout(limit);
    return options;
  }

  private static void dump(Path file, boolean live) throws IOException, JMException {
    ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
            "dumpHeap",
            new Object[] {file.toString(), live},
            new String[] {String.class.getName(), boolean.class.getName()});
  }
}
