package cqloop.examples;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.error.CqlException;
import cqloop.testkit.ServerUnavailableException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Owned by the main thread. Shows cqloop at work: against a Cassandra node that it boots for itself
 * and removes afterwards, or against the user's own cluster.
 */
@Command(
    name = "tour",
    mixinStandardHelpOptions = true,
    version = "cqloop tour 0.1.0-SNAPSHOT",
    sortOptions = false,
    description = {
      "Connects, creates a schema, writes, reads, pages, streams and traces.",
      "Without --contact-points it boots a Cassandra node of its own and removes it afterwards."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all went well, and nothing was left behind",
      "1:something failed; the last line says what",
      "2:the command line is wrong"
    })
public final class Tour implements Callable<Integer> {

  @Option(
      names = "--contact-points",
      arity = "1..*",
      split = ",",
      paramLabel = "<host:port>",
      description = "nodes of your own cluster, at least one")
  private List<String> contactPoints = List.of();

  @Option(
      names = "--local-dc",
      paramLabel = "<name>",
      description = "data centre whose nodes are used; default: that of the contact point")
  private @Nullable String localDatacenter;

  @Option(
      names = "--keyspace",
      paramLabel = "<name>",
      description = "keyspace of the tour; made and dropped unless it exists; default: a new one")
  private @Nullable String keyspace;

  @ArgGroup(exclusive = false)
  private @Nullable Login login;

  /** Owned by the main thread. Both or neither. */
  static final class Login {
    @Option(names = "--username", required = true, paramLabel = "<name>", description = "log in")
    private String username = "";

    @Option(
        names = "--password",
        required = true,
        arity = "0..1",
        interactive = true,
        paramLabel = "<password>",
        description = "its password; without a value it is asked for")
    private char[] password = {};
  }

  /** Called by picocli and tests. */
  public Tour() {}

  /** Runs the tour and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Tour()).execute(args));
  }

  @Override
  public Integer call() {
    Screen screen = Screen.ofStandardOutput();
    screen.title("cqloop, a native CQL driver for Vert.x");
    Vertx vertx = Vertx.vertx();
    try (TourServer server = server(screen)) {
      visit(vertx, server, screen);
      return CommandLine.ExitCode.OK;
    } catch (CqlException | ServerUnavailableException | IllegalArgumentException failure) {
      screen.failure(String.valueOf(failure.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      Wait.on(vertx.close());
    }
  }

  private TourServer server(Screen screen) {
    return contactPoints.isEmpty() ? TourServer.boot(screen) : TourServer.of(contactPoints);
  }

  private void visit(Vertx vertx, TourServer server, Screen screen) {
    Screen.Chapter chapter = screen.chapter("Connect");
    CqlSession session = Wait.on(CqlSession.connect(vertx, options(server)));
    try (Workspace workspace = Workspace.of(session, keyspace)) {
      chapter.say(
          workspace.server()
              + ", protocol "
              + session.protocolVersion().toString().toLowerCase(Locale.ROOT));
      chapter.end();
      new Chapters(vertx, workspace, screen).all();
    } finally {
      Wait.on(session.close());
    }
    screen.end("Everything that the tour made is dropped again.");
  }

  private CqlOptions options(TourServer server) {
    CqlOptions options =
        new CqlOptions()
            .setContactPoints(server.contactPoints())
            .setLocalDatacenter(localDatacenter == null ? server.datacenter() : localDatacenter);
    // The tour waits longer for a trace than a service would.
    options.getRequest().setTraceMaxWait(Workspace.TRACE_WAIT);
    if (login != null) {
      options.setAuth(
          new PolicyOptions("plain")
              .setConfig(
                  new JsonObject()
                      .put("username", login.username)
                      .put("password", new String(login.password))));
    }
    return options;
  }
}
