package cqloop.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files in a node's folder. */
final class NodeFiles {
  static final String YAML = "cassandra.yaml";
  static final String RACK = "cassandra-rackdc.properties";
  static final String LOGBACK = "logback.xml";
  static final String ANSWERS = "answers.txt";
  static final String REQUESTS = "requests.jsonl";
  static final String LOG = "system.log";
  static final String CONSOLE = "console.log";
  static final String TMP = "tmp";

  private static final String LOGBACK_TEXT =
      """
      <configuration>
        <appender name="FILE" class="ch.qos.logback.core.FileAppender">
          <file>${cassandra.storagedir}/system.log</file>
          <encoder><pattern>%s{HH:mm:ss.SSS} %-5level [%thread] %F:%L - %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="FILE"/></root>
      </configuration>
      """;

  private NodeFiles() {}

  static void write(ClusterPlan plan, ClusterPlan.Place place) {
    Path folder = Folders.create(place.folder());
    Folders.create(folder.resolve(TMP));
    try {
      Files.writeString(folder.resolve(YAML), NodeYaml.of(plan, place));
      Files.writeString(folder.resolve(LOGBACK), LOGBACK_TEXT);
      Files.writeString(
          folder.resolve(RACK), "dc=" + place.datacenter() + "\nrack=" + place.rack() + '\n');
      Files.writeString(folder.resolve(ANSWERS), "");
      Files.writeString(folder.resolve(REQUESTS), "");
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the configuration in " + folder + " failed.", e);
    }
  }

  /** The text of a file, empty when it does not exist. */
  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + file + " failed.", e);
    }
  }
}
