package cqloop.testkit.process;

import cqloop.testkit.ServerLine;
import cqloop.testkit.ServerUnavailableException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Value. The jars of one server line, as its class-path file names them. */
public final class ServerFiles {
  /** System property: directories or {@code *.classpath} files, separated like a class path. */
  public static final String PROPERTY = "cqloop.testkit.servers";

  private final List<Path> jars;

  private ServerFiles(List<Path> jars) {
    this.jars = jars;
  }

  /**
   * Reads the class-path file of a line.
   *
   * @throws ServerUnavailableException when there is none, or a jar it names does not exist
   */
  public static ServerFiles find(ServerLine line) {
    List<Path> places = places(line);
    for (Path place : places) {
      if (Files.isRegularFile(place)) {
        return read(line, place);
      }
    }
    throw new ServerUnavailableException(
        "No class path of Cassandra "
            + line.version()
            + " found. Looked for "
            + places
            + ". Let maven-dependency-plugin:build-classpath write "
            + line
            + ".classpath from org.apache.cassandra:cassandra-all, or build testkit/servers ("
            + (line == ServerLine.V5_0 ? "mvn generate-resources" : "mvn -Pservers test-compile")
            + "), and name its folder in -D"
            + PROPERTY
            + ". See the package documentation of cqloop.testkit.");
  }

  /** The jars in class-path order. */
  public List<Path> jars() {
    return jars;
  }

  private static List<Path> places(ServerLine line) {
    String file = line + ".classpath";
    List<Path> places = new ArrayList<>();
    String property = System.getProperty(PROPERTY, "");
    for (String entry : property.split(File.pathSeparator, -1)) {
      if (entry.isBlank()) {
        continue;
      }
      Path path = Path.of(entry.strip());
      if (path.endsWith(file)) {
        places.add(path);
      }
      places.add(path.resolve(file));
      places.add(path.resolve(line.toString()).resolve("target").resolve(file));
    }
    if (places.isEmpty()) {
      // Started from an IDE or a plain main: this project's own folders, seen from below.
      places.add(Path.of("target", file).toAbsolutePath());
      for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
        Path servers = up.resolve("testkit").resolve("servers");
        if (Files.isDirectory(servers)) {
          places.add(servers.resolve(line.toString()).resolve("target").resolve(file));
        }
      }
    }
    return places;
  }

  private static ServerFiles read(ServerLine line, Path file) {
    List<Path> jars = new ArrayList<>();
    try {
      for (String jar : Files.readString(file).strip().split(File.pathSeparator, -1)) {
        Path path = Path.of(jar);
        if (!Files.isReadable(path)) {
          throw new ServerUnavailableException(
              "The class path of Cassandra "
                  + line.version()
                  + " in "
                  + file
                  + " names "
                  + path
                  + ", which cannot be read. Build its module again.");
        }
        jars.add(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the class-path file " + file + " failed.", e);
    }
    return new ServerFiles(List.copyOf(jars));
  }
}
