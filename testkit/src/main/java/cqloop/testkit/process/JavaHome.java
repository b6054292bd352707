package cqloop.testkit.process;

import cqloop.testkit.ServerUnavailableException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Value. The JDK 17 that runs the nodes: Cassandra does not run on newer ones. */
public final class JavaHome {
  /** System property: the home of a JDK 17. */
  public static final String PROPERTY = "cqloop.testkit.java17";

  /** Environment variable: the same. */
  public static final String VARIABLE = "TESTKIT_JAVA17_HOME";

  // The JVM that installs a security manager for user-defined functions: allowed up to 17 only.
  private static final String MAJOR = "17";

  private final Path home;
  private final String version;

  private JavaHome(Path home, String version) {
    this.home = home;
    this.version = version;
  }

  /**
   * Looks in {@link #PROPERTY}, {@link #VARIABLE}, the running JDK and the usual folders.
   *
   * @throws ServerUnavailableException when none of them is a JDK 17
   */
  public static JavaHome find() {
    List<Path> tried = new ArrayList<>();
    for (String chosen : new String[] {System.getProperty(PROPERTY), System.getenv(VARIABLE)}) {
      if (chosen != null && !chosen.isBlank()) {
        JavaHome home = open(Path.of(chosen));
        if (home == null) {
          throw new ServerUnavailableException(
              "'" + chosen + "' is not a JDK 17. Correct " + PROPERTY + " or " + VARIABLE + ".");
        }
        return home;
      }
    }
    tried.add(Path.of(System.getProperty("java.home")));
    for (String variable : new String[] {"JAVA_HOME_17_X64", "JAVA17_HOME", "JAVA_HOME"}) {
      String value = System.getenv(variable);
      if (value != null && !value.isBlank()) {
        tried.add(Path.of(value));
      }
    }
    tried.addAll(children(Path.of("/usr/lib/jvm")));
    tried.addAll(children(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java")));
    for (Path candidate : tried) {
      JavaHome home = open(candidate);
      if (home != null) {
        return home;
      }
    }
    throw new ServerUnavailableException(
        "No JDK 17 for the Cassandra nodes found in "
            + tried
            + ". Install one, or name it in -D"
            + PROPERTY
            + " or the variable "
            + VARIABLE
            + ".");
  }

  /** The {@code java} program. */
  public Path java() {
    return home.resolve("bin").resolve("java");
  }

  /** The exact version, for example {@code 17.0.15 (Debian)}. */
  public String version() {
    return version;
  }

  private static @Nullable JavaHome open(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isRegularFile(release)) {
      return null;
    }
    Properties facts = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      facts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + release + " failed.", e);
    }
    String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
    if (!version.equals(MAJOR) && !version.startsWith(MAJOR + ".")) {
      return null;
    }
    String vendor = facts.getProperty("IMPLEMENTOR_VERSION", "").replace("\"", "");
    return new JavaHome(home, version + " (" + vendor + ")");
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Listing " + folder + " failed.", e);
    }
  }
}
