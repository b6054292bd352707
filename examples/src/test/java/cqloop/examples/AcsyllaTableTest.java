package cqloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what is tested where names tests that exist. */
class AcsyllaTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))(?:\\.(\\w+))?`");

  @Test
  void namesTestsThatExist() throws IOException {
    String table = Files.readString(ROOT.resolve("docs").resolve("acsylla.md"));
    List<MatchResult> named = TEST.matcher(table).results().toList();

    assertThat(named).hasSizeGreaterThan(50);
    assertThat(missing(named, sources())).isEmpty();
  }

  @Test
  void findsATestThatDoesNotExist() throws IOException {
    String table = "`AcsyllaTableTest.namesTestsThatExist` `AcsyllaTableTest.isNot` `NoSuchIT`";

    assertThat(missing(TEST.matcher(table).results().toList(), sources()))
        .containsExactly("`AcsyllaTableTest.isNot`", "`NoSuchIT`");
  }

  private static List<String> missing(List<MatchResult> named, Map<String, String> sources) {
    List<String> missing = new ArrayList<>();
    for (MatchResult test : named) {
      String source = sources.get(test.group(1));
      String method = test.group(2);
      if (source == null || (method != null && !source.contains("void " + method + "("))) {
        missing.add(test.group());
      }
    }
    return missing;
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("api", "impl-netty", "examples")) {
      try (Stream<Path> files =
          Files.walk(ROOT.resolve(module).resolve("src").resolve("test").resolve("java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString();
          sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
        }
      }
    }
    return sources;
  }
}
