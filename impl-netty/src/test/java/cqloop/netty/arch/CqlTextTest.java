package cqloop.netty.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults G4: the driver puts nothing into CQL text but names that {@code CqlIdentifier} has quoted.
 * Values are bound.
 */
class CqlTextTest {

  private static final Pattern STATEMENT =
      Pattern.compile(
          "\"\\s*(?:USE|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|BEGIN)"
              + " (?:[^\"\\\\]|\\\\.)*\"\\s*(\\+\\s*+(?!\")[^;]{0,40}|\\.formatted\\([^;]{0,40})");

  /** Tables of the driver's own list; names of keyspaces as literals, by schema.Names. */
  private static final String SCHEMA = "cqloop/netty/schema/SchemaReading.java";

  @Test
  void textIsNeverPutTogetherFromOtherThings() throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : new String[] {"api", "impl-netty", "spi-auth", "spi-loadbalancing"}) {
      found.addAll(scan(Path.of("..", module, "src/main/java")));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void findsWhatIsPlanted(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("A.java"), "x = \"USE \" + keyspace;");
    Files.writeString(folder.resolve("B.java"), "x = \"SELECT * FROM %s\".formatted(table);");
    Files.writeString(folder.resolve("C.java"), "x = \"SELECT a\"\n  + \" FROM t\";");
    Files.writeString(folder.resolve("D.java"), "x = \"USE \" + CqlIdentifier.quote(keyspace);");
    assertThat(scan(folder)).hasSize(2);
  }

  private static List<String> scan(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = STATEMENT.matcher(Files.readString(file));
        while (matcher.find()) {
          String name = root.relativize(file).toString();
          if (!matcher.group(1).startsWith("+ CqlIdentifier.quote") && !name.equals(SCHEMA)) {
            found.add(name + ": " + matcher.group());
          }
        }
      }
    }
    return found;
  }
}
