package cqloop.testkit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Value. A line of Cassandra releases that {@link CassandraCluster} can boot. */
public enum ServerLine {
  /** Protocol v3 and v4. */
  V3_11("3.11", 4),
  /** Protocol v3 to v5. */
  V4_0("4.0", 5),
  /** Protocol v3 to v5. */
  V4_1("4.1", 5),
  /** Protocol v3 to v5; the default. */
  V5_0("5.0", 5),
  /** Protocol v3 to v5, v6 as beta. */
  V6_0("6.0", 5);

  private final String version;
  private final int highestProtocol;

  ServerLine(String version, int highestProtocol) {
    this.version = version;
    this.highestProtocol = highestProtocol;
  }

  /**
   * The line with this version.
   *
   * @param version {@code "5.0"}, {@code "4.1"}, …
   * @return the line
   * @throws IllegalArgumentException when there is no such line
   */
  public static ServerLine of(String version) {
    for (ServerLine line : values()) {
      if (line.version.equals(version)) {
        return line;
      }
    }
    String known =
        Arrays.stream(values()).map(ServerLine::version).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "Unknown Cassandra line '" + version + "'. Known: " + known + ".");
  }

  /**
   * The first two numbers of the release.
   *
   * @return for example {@code "5.0"}
   */
  public String version() {
    return version;
  }

  /**
   * The highest protocol version that the line speaks without the beta flag.
   *
   * @return 4 or 5
   */
  public int highestProtocol() {
    return highestProtocol;
  }

  /**
   * Whether this line is as new as another one.
   *
   * @param other the line to compare with
   * @return true when this is {@code other} or newer
   */
  public boolean atLeast(ServerLine other) {
    return compareTo(other) >= 0;
  }

  /**
   * The name of the module and of its class-path file.
   *
   * @return for example {@code "cassandra-5.0"}
   */
  @Override
  public String toString() {
    return "cassandra-" + version;
  }
}
