package cqloop.testkit.node;

import java.util.Set;
import org.apache.cassandra.db.ConsistencyLevel;
import org.apache.cassandra.service.ClientWarn;
import org.apache.cassandra.utils.MD5Digest;
import org.jspecify.annotations.Nullable;

/** Carries out the commands of a request before the server sees it. */
final class Commands {
  /** Commands with this prefix act on PREPARE; all others on QUERY, EXECUTE and BATCH. */
  static final String ON_PREPARE = "prepare.";

  private static final Set<String> ACTIONS =
      Set.of("delay", "warn", "evict", "decommission", "restart_native");

  private Commands() {}

  /** Rejects names that neither act nor fail, so that a misspelt one is seen. */
  static void check(Command command) {
    String name = plainName(command);
    if (!ACTIONS.contains(name) && !Failures.NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "unknown command '" + name + "'; known: " + ACTIONS + " and " + Failures.NAMES);
    }
  }

  /** Runs one command; whatever it throws is the server's answer to the request. */
  static void run(Command command, ConsistencyLevel consistency, @Nullable MD5Digest statementId) {
    check(command);
    String argument = command.argument();
    switch (plainName(command)) {
      case "delay" -> delay(Long.parseLong(argument));
      case "warn" -> ClientWarn.instance.warn(argument);
      case "evict" -> answer(ServerCalls::evictPreparedStatements);
      // These two wait for requests in flight to end, hence for this one.
      case "decommission" -> later(ServerCalls::decommission);
      case "restart_native" ->
          later(() -> ServerCalls.restartNativeTransport(Long.parseLong(argument)));
      default -> throw Failures.of(plainName(command), argument, consistency, statementId);
    }
  }

  private static String plainName(Command command) {
    String name = command.name();
    return name.startsWith(ON_PREPARE) ? name.substring(ON_PREPARE.length()) : name;
  }

  private static void delay(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(ServerCall call) {
    try {
      call.run();
    } catch (Exception e) {
      throw new IllegalStateException("the command failed: " + e, e);
    }
  }

  private static void later(ServerCall call) {
    Thread thread = new Thread(() -> answer(call), "cqloop-command");
    thread.setDaemon(true);
    thread.start();
  }

  /** One of {@link ServerCalls}. */
  private interface ServerCall {
    String run() throws Exception;
  }
}
