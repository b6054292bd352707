package cqloop.testkit.node;

import java.lang.reflect.Method;
import java.nio.file.Path;

/**
 * Main class of a node: ties the node's life to the process that started it, then boots Cassandra.
 *
 * <p>The starter keeps the write end of this process's standard input. When it is closed, however
 * the starter ended, the node halts: no node outlives its test run.
 */
public final class NodeMain {
  /** System property: the file that gets one answer line per control command. */
  static final String ANSWERS = "cqloop.node.answers";

  /** System property: the class whose {@code main} boots the server. */
  static final String DAEMON = "cqloop.node.daemon";

  private NodeMain() {}

  /**
   * Boots the node.
   *
   * @param args handed to the server unchanged
   * @throws Exception when the server's main class cannot be called
   */
  public static void main(String[] args) throws Exception {
    Thread control =
        new Thread(
            new ControlLoop(System.in, Path.of(System.getProperty(ANSWERS, "answers.txt"))),
            "cqloop-control");
    control.setDaemon(true);
    control.start();
    String daemon = System.getProperty(DAEMON, "org.apache.cassandra.service.CassandraDaemon");
    Method main = Class.forName(daemon).getMethod("main", String[].class);
    main.invoke(null, (Object) args);
  }
}
