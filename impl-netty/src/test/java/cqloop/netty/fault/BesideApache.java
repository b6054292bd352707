package cqloop.netty.fault;

import static cqloop.testkit.fake.Conditions.cql;
import static cqloop.testkit.fake.Conditions.cqlPrefix;
import static cqloop.testkit.fake.Conditions.opcode;
import static cqloop.testkit.fake.Reactions.delay;
import static cqloop.testkit.fake.Reactions.reply;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.netty.it.Awaits;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Exchange;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reaction;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireVersion;
import cqloop.testkit.fake.WireWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Writes what becomes of the same three stimuli in this driver and in the Apache Java driver. No
 * part of the normal run, which has nothing to assert about the driver of others:
 *
 * <pre>
 * mvn -pl impl-netty -am test -Dtest=BesideApache -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class BesideApache {

  private static final int INNOCENTS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] ID = {1, 2, 3, 4};

  /** Value. As much of a driver as is needed here. */
  private interface Client extends AutoCloseable {
    CompletionStage<?> execute(String text);

    CompletionStage<?> executePrepared(String text);

    @Override
    void close();
  }

  @Test
  void table() {
    String format = "| %-10s | %9s | %9s | %16s | %16s |%n";
    System.out.printf(format, "driver", "PREPARE", "EXECUTE", "length -1", "500,000,000 rows");
    for (String name : List.of("apache", "cqloop")) {
      int[] sent = unprepared(name);
      System.out.printf(
          format,
          name,
          sent[0],
          sent[1],
          harm(name, BesideApache::negativeLength),
          harm(name, reply(Replies.raw(Opcode.RESULT, rowBomb()))));
    }
  }

  /** How many PREPARE and EXECUTE one call costs when the node forgets everything at once. */
  private static int[] unprepared(String name) {
    Vertx vertx = Vertx.vertx();
    FakeNode node = start(vertx);
    node.when(opcode(Opcode.PREPARE)).reply(Replies.prepared().id(ID).result("v", WireType.INT));
    node.when(opcode(Opcode.EXECUTE)).reply(Errors.unprepared(ID));
    int[] sent;
    try (Client client = connect(name, vertx, node)) {
      outcome(client.executePrepared("SELECT v FROM t"));
      sent =
          new int[] {
            node.requests(opcode(Opcode.PREPARE)).size(),
            node.requests(opcode(Opcode.EXECUTE)).size()
          };
    }
    Awaits.get(vertx.close());
    return sent;
  }

  /** How many of the innocent requests fail, and how long the node is not served after it. */
  private static String harm(String name, Reaction hostile) {
    Vertx vertx = Vertx.vertx();
    FakeNode node = start(vertx);
    node.when(cqlPrefix("innocent"))
        .react(delay(200).then(reply(Replies.rows().column("v", WireType.INT).row(1))));
    node.when(cql("hostile")).react(hostile);
    String harm;
    try (Client client = connect(name, vertx, node)) {
      outcome(client.execute("innocent"));
      List<CompletionStage<?>> innocents = new ArrayList<>();
      for (int i = 0; i < INNOCENTS; i++) {
        innocents.add(client.execute("innocent"));
      }
      long start = System.nanoTime();
      outcome(client.execute("hostile"));
      int failed = 0;
      for (CompletionStage<?> innocent : innocents) {
        failed += outcome(innocent) ? 0 : 1;
      }
      Awaits.until("it serves again", PATIENCE, () -> outcome(client.execute("innocent")));
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      harm = "%d, %d ms".formatted(failed, millis);
    }
    Awaits.get(vertx.close());
    return harm;
  }

  private static boolean outcome(CompletionStage<?> stage) {
    return stage
        .handle((value, failure) -> failure == null)
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static Future<Void> negativeLength(Exchange exchange) {
    byte[] frame = exchange.frame(Replies.voidResult()).encode();
    ByteBuffer.wrap(frame).putInt(5, -1);
    return exchange.connection().write(frame);
  }

  private static byte[] rowBomb() {
    return new WireWriter().writeInt(2).writeInt(4).writeInt(1).writeInt(500_000_000).toBytes();
  }

  private static FakeNode start(Vertx vertx) {
    return Awaits.get(
        FakeNode.start(vertx, new FakeNodeOptions().setVersions(WireVersion.V3, WireVersion.V4)));
  }

  private static Client connect(String name, Vertx vertx, FakeNode node) {
    return name.equals("apache") ? new Apache(node) : new Ours(vertx, node);
  }

  /** Value. This driver. */
  private record Ours(CqlSession session) implements Client {

    Ours(Vertx vertx, FakeNode node) {
      this(open(vertx, node));
    }

    private static CqlSession open(Vertx vertx, FakeNode node) {
      CqlOptions options =
          new CqlOptions().addContactPoint(node.address().getHostString() + ":" + node.port());
      options.getDefaultProfile().setRequestTimeout(LIMIT);
      return Awaits.get(CqlSession.connect(vertx, options));
    }

    @Override
    public CompletionStage<?> execute(String text) {
      return session.execute(text).toCompletionStage();
    }

    @Override
    public CompletionStage<?> executePrepared(String text) {
      PreparedStatement prepared = Awaits.get(session.prepare(text));
      return session.execute(prepared.bind()).toCompletionStage();
    }

    @Override
    public void close() {
      Awaits.get(session.close());
    }
  }

  /** Value. The other one. */
  private record Apache(com.datastax.oss.driver.api.core.CqlSession session) implements Client {

    Apache(FakeNode node) {
      this(open(node));
    }

    private static com.datastax.oss.driver.api.core.CqlSession open(FakeNode node) {
      return com.datastax.oss.driver.api.core.CqlSession.builder()
          .addContactPoint(node.address())
          .withLocalDatacenter("dc1")
          .withConfigLoader(
              DriverConfigLoader.programmaticBuilder()
                  .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, LIMIT)
                  .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                  .build())
          .build();
    }

    @Override
    public CompletionStage<?> execute(String text) {
      return session.executeAsync(text);
    }

    @Override
    public CompletionStage<?> executePrepared(String text) {
      return session.executeAsync(session.prepare(text).bind());
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
