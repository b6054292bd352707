package cqloop.testkit.process;

import cqloop.testkit.ServerLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Class loaders over a server's jars that see nothing else but the platform. */
public final class IsolatedJars {
  // The server's logging would fill the console with DEBUG lines otherwise.
  private static final String QUIET =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%-5level %logger - %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  private IsolatedJars() {}

  /**
   * A loader of the line's classes.
   *
   * @throws cqloop.testkit.ServerUnavailableException when the line's class path is not here
   */
  public static URLClassLoader of(ServerLine line) {
    List<URL> urls = new ArrayList<>();
    try {
      urls.add(loggingFolder().toUri().toURL());
      for (Path jar : ServerFiles.find(line).jars()) {
        urls.add(jar.toUri().toURL());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Preparing the class loader of " + line + " failed.", e);
    }
    return new URLClassLoader(
        "oracle-" + line, urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private static Path loggingFolder() throws IOException {
    Path folder = Folders.create(Cache.folder().resolve("oracle"));
    Path file = folder.resolve("logback.xml");
    if (!Files.exists(file)) {
      Files.writeString(file, QUIET);
    }
    return folder;
  }
}
