package cqloop.testkit.process;

import cqloop.testkit.ServerLine;
import java.nio.file.Path;
import java.util.List;

/**
 * Value. All that is needed to start nodes of one line: the server's jars, the plug-in, the JDK.
 *
 * @param line the server line
 * @param jars the server's class path
 * @param plugin our jar, last on the class path
 * @param java the JDK of the nodes
 */
public record ServerRuntime(ServerLine line, List<Path> jars, Path plugin, JavaHome java) {
  /**
   * Finds all parts.
   *
   * @throws cqloop.testkit.ServerUnavailableException when one is missing
   */
  public static ServerRuntime find(ServerLine line) {
    JavaHome java = JavaHome.find();
    List<Path> jars = ServerFiles.find(line).jars();
    return new ServerRuntime(line, jars, PluginJar.of(line), java);
  }

  /** The jar whose file name begins like this. */
  Path jar(String prefix) {
    for (Path jar : jars) {
      if (jar.getFileName().toString().startsWith(prefix)) {
        return jar;
      }
    }
    throw new IllegalStateException(
        "The class path of Cassandra " + line.version() + " has no jar named " + prefix + "*.");
  }
}
