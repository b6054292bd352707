package cqloop.testkit.process;

import cqloop.testkit.ServerLine;
import cqloop.testkit.ServerUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The node plug-in that testkit carries as a resource, as a file that a node can load. */
final class PluginJar {
  private PluginJar() {}

  static Path of(ServerLine line) {
    // The jar of 5.0 fits its neighbours too.
    String version = line.atLeast(ServerLine.V4_1) ? ServerLine.V5_0.version() : line.version();
    String resource = "/META-INF/cqloop-node/node-plugin-" + version + ".jar";
    try (InputStream content = PluginJar.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new ServerUnavailableException(
            "This build of testkit has no node plug-in for Cassandra "
                + line.version()
                + " ("
                + resource
                + "). Build testkit with -Pservers.");
      }
      return Cache.file("node-plugin-" + version, ".jar", content);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the resource " + resource + " failed.", e);
    }
  }
}
