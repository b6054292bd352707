package cqloop.testkit;

import cqloop.testkit.process.Await;
import cqloop.testkit.process.ClusterPlan;
import cqloop.testkit.process.NodeBudget;
import cqloop.testkit.process.NodeProbe;
import cqloop.testkit.process.NodeProcess;
import cqloop.testkit.process.RawCql;
import cqloop.testkit.process.ServerRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One real Cassandra node of a {@link CassandraCluster}. Its methods block, and are to be called by
 * one thread at a time.
 */
public final class CassandraNode {
  private static final int CQL_PORT = 9042;
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
  private static final Duration DECOMMISSION_LIMIT = Duration.ofSeconds(120);
  private static final int LOG_LINES_IN_ERROR = 60;

  private final ClusterPlan plan;
  private final ClusterPlan.Place place;
  private final InetSocketAddress address;
  private final NodeProcess process;
  private final NodeProbe probe;

  private boolean counted;
  private boolean member = true;

  CassandraNode(ClusterPlan plan, ClusterPlan.Place place, ServerRuntime runtime) {
    this.plan = plan;
    this.place = place;
    this.address = new InetSocketAddress(place.address(), CQL_PORT);
    this.process = new NodeProcess(plan, place, runtime);
    this.probe = new NodeProbe(address, plan.tls());
  }

  /**
   * Where clients connect.
   *
   * @return a loopback address and port 9042
   */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * The address as text.
   *
   * @return for example {@code "127.20.0.1"}
   */
  public String host() {
    return place.address();
  }

  /**
   * The port for clients.
   *
   * @return 9042
   */
  public int port() {
    return CQL_PORT;
  }

  /**
   * The address that the node tells clients: another than its own when the cluster was built with
   * {@link CassandraClusterBuilder#behindFronts()}.
   *
   * @return the address as text; the port is 9042
   */
  public String announcedHost() {
    return place.announced();
  }

  /**
   * The line of the server.
   *
   * @return for example {@link ServerLine#V5_0}
   */
  public ServerLine line() {
    return plan.line();
  }

  /**
   * The node's data centre.
   *
   * @return its name
   */
  public String datacenter() {
    return place.datacenter();
  }

  /**
   * The node's rack.
   *
   * @return its name
   */
  public String rack() {
    return place.rack();
  }

  /**
   * Whether the process exists, paused or not.
   *
   * @return false after {@link #stop}, {@link #kill} and {@link #decommission}
   */
  public boolean isRunning() {
    return process.isAlive();
  }

  /**
   * The process id of the running node.
   *
   * @return the id
   */
  public long pid() {
    return process.pid();
  }

  /**
   * The folder of the node's configuration, data and logs.
   *
   * @return a folder that vanishes with the cluster
   */
  public Path folder() {
    return place.folder();
  }

  /** Starts the stopped node on its data and returns when it answers requests. */
  public void start() {
    launch();
    awaitReady();
  }

  /** SIGTERM: the node announces its end, drains and flushes. Returns when it is gone. */
  public void stop() {
    process.stop();
    release();
  }

  /** SIGKILL: connections close, nothing is announced. Returns when the node is gone. */
  public void kill() {
    process.kill();
    release();
  }

  /** {@link #stop} and {@link #start}. */
  public void restart() {
    stop();
    start();
  }

  /** SIGSTOP: the node freezes; its sockets stay open and nothing is answered. */
  public void pause() {
    process.pause();
  }

  /** SIGCONT after {@link #pause}. */
  public void resume() {
    process.resume();
  }

  /** Leaves the cluster: hands its data over, then ends. The node cannot be started again. */
  public void decommission() {
    process.command("decommission", "", DECOMMISSION_LIMIT);
    member = false;
    stop();
  }

  /**
   * Closes the port for clients, with all connections, and opens it again; the node lives on and
   * sends no event.
   *
   * @param pause how long the port stays closed
   */
  public void restartNativeTransport(Duration pause) {
    process.command("restart_native", Long.toString(pause.toMillis()), COMMAND_LIMIT.plus(pause));
  }

  /** Forgets all prepared statements: the next EXECUTE of each is answered with UNPREPARED. */
  public void dropPreparedStatements() {
    process.command("evict", "", COMMAND_LIMIT);
  }

  /**
   * Runs a statement as superuser over a connection of the kit's own, for set-up and checks.
   *
   * @param cql the statement
   * @return the rows, each a list of serialised cells, null for null
   */
  public List<List<byte @Nullable []>> execute(String cql) {
    try {
      return probe.query(cql);
    } catch (IOException e) {
      throw new UncheckedIOException("Running '" + cql + "' on " + host() + " failed.", e);
    }
  }

  /**
   * What the recorder has seen since the node was made, oldest first; the kit's own statements are
   * left out (not on 3.11, which forgets who sent them). A request is recorded before it is
   * answered.
   *
   * @return at most some ten thousand of the latest requests
   * @throws IllegalStateException when the cluster was built without {@code queryRecorder()}
   */
  public List<RecordedRequest> requests() {
    requireRecorder();
    List<RecordedRequest> requests = new ArrayList<>();
    for (String line : process.requestLines().split("\n", -1)) {
      if (!line.isEmpty()) {
        RecordedRequest request = RecordedRequest.parse(line);
        if (!RawCql.DRIVER_NAME.equals(request.driverName())) {
          requests.add(request);
        }
      }
    }
    return requests;
  }

  /**
   * The recorded requests with a statement that holds this text.
   *
   * @param text matched as it is
   * @return oldest first
   */
  public List<RecordedRequest> requests(String text) {
    List<RecordedRequest> matching = new ArrayList<>(requests());
    matching.removeIf(request -> !request.cql().contains(text));
    return matching;
  }

  /**
   * Waits for requests that a client sends on its own time.
   *
   * @param text as in {@link #requests(String)}
   * @param count how many at least
   * @param limit the longest wait
   * @return the matching requests, oldest first
   * @throws IllegalStateException when fewer have arrived in time
   */
  public List<RecordedRequest> awaitRequests(String text, int count, Duration limit) {
    Await.until(
        limit,
        () -> count + " requests with '" + text + "' on " + host() + ", got " + requests(text),
        () -> requests(text).size() >= count);
    return requests(text);
  }

  /**
   * Lets the next requests fail or wait, for statements that cannot carry the command themselves.
   * The same commands work in a comment of a statement: {@code SELECT * FROM t /*
   * cqloop:read_timeout=1,2,true *}{@code /}. Batches count when one of their statements matches.
   *
   * <p>Commands: {@code server}, {@code protocol}, {@code bad_credentials}, {@code
   * unavailable=REQUIRED,ALIVE}, {@code overloaded}, {@code bootstrapping}, {@code truncate},
   * {@code write_timeout=TYPE,RECEIVED,REQUIRED}, {@code read_timeout=RECEIVED,REQUIRED,DATA},
   * {@code read_failure=RECEIVED,REQUIRED,DATA}, {@code function_failure=KEYSPACE,NAME}, {@code
   * write_failure=TYPE,RECEIVED,REQUIRED}, {@code cdc}, {@code cas_unknown=RECEIVED,REQUIRED},
   * {@code syntax}, {@code unauthorized}, {@code invalid}, {@code config}, {@code
   * already_exists=KEYSPACE,TABLE}, {@code unprepared}; {@code delay=MILLIS}, {@code warn=TEXT},
   * {@code evict} (forget prepared statements), {@code decommission}, {@code
   * restart_native=MILLIS}. Arguments may be left out. With the prefix {@code prepare.} a command
   * acts on PREPARE instead.
   *
   * @param command a command
   * @param times how many requests it hits
   * @param text hits statements that hold this text; without tabs and line ends
   */
  public void inject(String command, int times, String text) {
    requireRecorder();
    if (text.isEmpty() || (command + text).matches("(?s).*[\\t\\n\\r].*") || times < 1) {
      throw new IllegalArgumentException(
          "An injection needs at least one hit, and a text without tabs and line ends; got "
              + times
              + " and '"
              + text
              + "'.");
    }
    process.command("inject", times + "\t" + command + "\t" + text, COMMAND_LIMIT);
  }

  /** Forgets the injections that have not hit yet. */
  public void clearInjections() {
    process.command("clear_injections", "", COMMAND_LIMIT);
  }

  /**
   * What the node has printed and logged since it was made.
   *
   * @return the text, for people
   */
  public String log() {
    return process.log();
  }

  /** Returns when the node answers OPTIONS with SUPPORTED, and takes log-ins if they are on. */
  public void awaitReady() {
    try {
      Await.until(
          plan.startTimeout(),
          () -> "the node on " + host() + " to answer requests",
          () -> !process.isAlive() || probe.answers());
      if (process.isAlive() && plan.passwordAuth()) {
        Await.until(
            plan.startTimeout(),
            () -> "the node on " + host() + " to accept its superuser",
            () -> !process.isAlive() || probe.serves());
      }
    } catch (IllegalStateException late) {
      throw new IllegalStateException(late.getMessage() + " Its log:\n" + troubles(), late);
    }
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The node on "
              + host()
              + " ended with exit code "
              + process.exitCode()
              + " while starting. Its log:\n"
              + troubles());
    }
  }

  @Override
  public String toString() {
    return "Cassandra " + plan.line().version() + " on " + host() + ":" + CQL_PORT;
  }

  /** Starts the process and does not wait. */
  void launch() {
    if (!member) {
      throw new IllegalStateException("The node on " + host() + " has left its cluster for good.");
    }
    NodeBudget.take(1);
    counted = true;
    try {
      process.start();
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  /** Whether the other members count this node, alive or not. */
  boolean isMember() {
    return member;
  }

  Map<String, @Nullable UUID> view() throws IOException {
    return probe.view();
  }

  /** The quick end: its data is thrown away, so only an archive in the making deserves patience. */
  void discard() {
    if (process.dumpsArchive()) {
      stop();
    } else {
      kill();
    }
  }

  private void requireRecorder() {
    if (!plan.recorder()) {
      throw new IllegalStateException(
          "The node on " + host() + " has no recorder. Build its cluster with queryRecorder().");
    }
  }

  private void release() {
    if (counted) {
      counted = false;
      NodeBudget.give(1);
    }
  }

  /** The end of the log without what the node says in good health. */
  String troubles() {
    List<String> lines = new ArrayList<>();
    for (String line : log().split("\n", -1)) {
      if (!line.contains(" INFO  [")) {
        lines.add(line);
      }
    }
    int from = Math.max(0, lines.size() - LOG_LINES_IN_ERROR);
    return String.join("\n", lines.subList(from, lines.size()));
  }
}
