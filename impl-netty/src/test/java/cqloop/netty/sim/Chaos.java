package cqloop.netty.sim;

import static cqloop.testkit.fake.Errors.Responses;

import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Not shared. The script of servers that answer each request with its own token, late, out of
 * order, with errors or not at all, and that keep a ledger of what they executed.
 */
final class Chaos implements SimServer.Script {

  private static final int CONSISTENCY_ONE = 1;
  private static final int FLAG_NO_METADATA = 0x04;
  private static final int KIND_ROWS = 2;

  /** More than any result has. */
  private static final int MAX_PAGES = 6;

  private final SimWorld world;
  private final SplittableRandom random;
  private final SimMembership membership;
  private final SimShards shards;
  private final Map<Long, int[]> ledger = new HashMap<>();
  private final List<SimLink> poisoned = new ArrayList<>();
  private final Map<SimServer, Set<Integer>> known = new HashMap<>();
  private final long requestTimeoutNanos;

  int latePercent;
  int neverPercent;
  int errorPercent;
  int closePercent;
  int damagePercent;
  int forgetPercent;
  int poisonPercent;
  boolean alwaysUnprepared;
  private int prepares;
  private int unprepared;

  Chaos(SimWorld world, SimMembership membership, SimShards shards, long requestTimeoutNanos) {
    this.shards = shards;
    this.world = world;
    this.random = world.random();
    this.membership = membership;
    this.requestTimeoutNanos = requestTimeoutNanos;
  }

  /** From now on every server answers everything, at once and well. */
  void calm() {
    latePercent = 0;
    neverPercent = 0;
    errorPercent = 0;
    closePercent = 0;
    damagePercent = 0;
    poisonPercent = 0;
    forgetPercent = 0;
  }

  /** How often requests for this page of a token reached a server. */
  int arrivals(long token, int page) {
    return entry(token, page)[0];
  }

  /** How often requests for this page of a token had effect. */
  int executions(long token, int page) {
    return entry(token, page)[1];
  }

  private int[] entry(long token, int page) {
    return ledger.computeIfAbsent(token * MAX_PAGES + page, any -> new int[2]);
  }

  /** The rows of a page; some pages have none, and are not the last for that. */
  static List<Long> rowsOfPage(long token, int page) {
    List<Long> rows = new ArrayList<>();
    for (int i = 0; i < (token + page) % 3; i++) {
      rows.add(token * 100 + page * 10 + i);
    }
    return rows;
  }

  /** How many pages the result of a token has. */
  static int pagesOf(long token) {
    return 1 + (int) (token % (MAX_PAGES - 1));
  }

  /** The connections on which something came that breaks the framing. */
  List<SimLink> poisoned() {
    return poisoned;
  }

  int prepares() {
    return prepares;
  }

  int unprepared() {
    return unprepared;
  }

  @Override
  public void onRequest(SimServerConnection connection, SimRequest request) {
    switch (request.opcode()) {
      case OPTIONS, STARTUP, REGISTER -> handshake(connection, request);
      case PREPARE -> prepare(connection, request);
      default -> {
        Reply described = membership.answer(connection.server(), request.text());
        if (described != null) {
          describe(connection, request, described);
        } else if (request.text().startsWith("USE ")) {
          handshake(connection, request);
        } else {
          statement(connection, request);
        }
      }
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private long latencyNanos() {
    if (!chance(latePercent)) {
      return random.nextLong(SimWorld.millis(5));
    }
    world.count("answer is late");
    return random.nextLong(3 * requestTimeoutNanos);
  }

  private void handshake(SimServerConnection connection, SimRequest request) {
    if (chance(neverPercent)) {
      return;
    }
    if (chance(closePercent)) {
      connection.link().closeByServer();
    } else if (!connection.isStarted() && chance(errorPercent / 4)) {
      connection.answer(request, Errors.error(Errors.OVERLOADED, "too many connections"));
    } else {
      Reply sharded =
          request.opcode() == Opcode.OPTIONS ? shards.supported(connection, request) : null;
      connection.answerLater(
          request,
          random.nextLong(SimWorld.millis(3)),
          sharded == null ? Scripts.usual(request) : sharded);
    }
  }

  private void describe(SimServerConnection connection, SimRequest request, Reply reply) {
    if (chance(neverPercent)) {
      return;
    }
    if (chance(closePercent)) {
      connection.link().resetByServer();
    } else if (chance(errorPercent / 2)) {
      connection.answer(request, Errors.error(Errors.SERVER_ERROR, "cannot be read now"));
    } else if (chance(damagePercent)) {
      damage(connection, request);
    } else {
      connection.answerLater(request, random.nextLong(SimWorld.millis(3)), reply);
    }
  }

  private void prepare(SimServerConnection connection, SimRequest request) {
    prepares++;
    Reply reply =
        Replies.prepared()
            .variable("k", WireType.BIGINT)
            .result("v", WireType.BIGINT)
            .result("pad", WireType.BLOB)
            .partitionKey(0)
            .id(Scripts.idOf(request.text()));
    if (chance(neverPercent)) {
      return;
    }
    if (chance(errorPercent / 2)) {
      connection.answer(request, Errors.error(Errors.SERVER_ERROR, "cannot prepare now"));
      return;
    }
    if (!alwaysUnprepared) {
      knownTo(connection.server()).add(Arrays.hashCode(Scripts.idOf(request.text())));
    }
    connection.answerLater(request, latencyNanos(), reply);
  }

  private Set<Integer> knownTo(SimServer server) {
    return known.computeIfAbsent(server, any -> new HashSet<>());
  }

  private void statement(SimServerConnection connection, SimRequest request) {
    long token = tokenOf(request);
    int page = request.pagingState() == null ? 0 : request.pagingState()[0];
    int[] entry = entry(token, page);
    entry[0]++;
    if (chance(forgetPercent)) {
      world.count("server forgets statements");
      knownTo(connection.server()).clear();
    }
    for (byte[] id : request.ids()) {
      if (!knownTo(connection.server()).contains(Arrays.hashCode(id))) {
        unprepared++;
        connection.answerLater(request, latencyNanos(), Errors.unprepared(id));
        return;
      }
    }
    if (chance(errorPercent) && refuse(connection, request)) {
      return;
    }
    entry[1]++;
    if (chance(neverPercent)) {
      world.count("answer never comes");
      return;
    }
    if (chance(closePercent)) {
      if (random.nextBoolean()) {
        connection.link().closeByServer();
      } else {
        connection.link().resetByServer();
      }
    } else if (chance(damagePercent)) {
      damage(connection, request);
    } else if (chance(poisonPercent)) {
      poison(connection, request);
    } else if (chance(errorPercent)) {
      connection.answerLater(request, latencyNanos(), errorAfterEffect());
    } else {
      connection.answerLater(request, latencyNanos(), result(request, token, page));
    }
  }

  private Reply result(SimRequest request, long token, int page) {
    return request.text().contains("FROM pages")
        ? page(token, page)
        : rows(token, request.skipMetadata());
  }

  private static Reply page(long token, int page) {
    RowsReply rows = Replies.rows().column("v", WireType.BIGINT);
    rowsOfPage(token, page).forEach(rows::row);
    return page + 1 < pagesOf(token) ? rows.pagingState((byte) (page + 1)) : rows;
  }

  /** Answers with an error that promises that nothing was executed. */
  private boolean refuse(SimServerConnection connection, SimRequest request) {
    Reply reply =
        switch (random.nextInt(4)) {
          case 0 -> Errors.unavailable(CONSISTENCY_ONE, 1, 0);
          case 1 -> Errors.error(Errors.BOOTSTRAPPING, "still joining");
          case 2 -> Errors.error(Errors.INVALID, "no such table");
          default -> null;
        };
    if (reply == null) {
      return false;
    }
    connection.answerLater(request, latencyNanos(), reply);
    return true;
  }

  private Reply errorAfterEffect() {
    world.count("error after effect");
    Responses responses = new Responses(CONSISTENCY_ONE, 0, 1);
    return switch (random.nextInt(7)) {
      case 0 -> Errors.error(Errors.SERVER_ERROR, "broken");
      case 1 -> Errors.error(Errors.TRUNCATE_ERROR, "broken");
      case 2 -> Errors.writeTimeout(responses, "SIMPLE");
      case 3 -> Errors.writeTimeout(responses, "BATCH_LOG");
      case 4 -> Errors.writeFailure(responses, Map.<InetAddress, Integer>of(), "SIMPLE");
      case 5 -> Errors.casWriteUnknown(responses);
      default -> Errors.error(0x7777, "an error of the future");
    };
  }

  /** An intact frame whose content makes no sense. */
  private void damage(SimServerConnection connection, SimRequest request) {
    world.count("answer is damaged");
    connection.answerLater(
        request, latencyNanos(), HostileFrames.result(random.nextInt(HostileFrames.RESULTS)));
  }

  /** Something that no server says: the connection cannot be trusted any more. */
  private void poison(SimServerConnection connection, SimRequest request) {
    world.count("framing is broken");
    poisoned.add(connection.link());
    HostileFrames.breakFraming(connection, request, random.nextInt(HostileFrames.BREAKS));
  }

  private Reply rows(long token, boolean skipMetadata) {
    byte[] pad = new byte[chance(1) ? random.nextInt(300_000) : random.nextInt(200)];
    if (!skipMetadata) {
      return Replies.rows()
          .column("v", WireType.BIGINT)
          .column("pad", WireType.BLOB)
          .row(token, pad);
    }
    WireWriter out = new WireWriter();
    out.writeInt(KIND_ROWS).writeInt(FLAG_NO_METADATA).writeInt(2).writeInt(1);
    out.writeInt(8).writeLong(token).writeBytes(pad);
    return Replies.raw(Opcode.RESULT, out.toBytes());
  }

  private static long tokenOf(SimRequest request) {
    if (!request.values().isEmpty()) {
      return new WireReader(request.values().get(0)).readLong();
    }
    String text = request.text();
    return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
  }
}
