package cqloop.examples;

import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every test that the page about acsylla names is in the sources, and no line is left empty. */
class AcsyllaTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

  // Methods of tests are package-private or public, without a value, and begin a line.
  private static final Pattern METHOD = Pattern.compile("^ +(?:public )?void (\\w+)\\(", MULTILINE);

  @Test
  void everyNamedTestIsInTheSources() throws IOException {
    String page = page();

    assertThat(NAMED.matcher(page).results().count()).isGreaterThan(100);
    assertThat(missing(page, methodsOfTests())).isEmpty();
  }

  @Test
  void findsATestThatDoesNotExist() throws IOException {
    String page = "`AcsyllaTableTest#findsATestThatDoesNotExist`, `AcsyllaTableTest#x`, `No#x`";

    assertThat(missing(page, methodsOfTests())).containsExactly("AcsyllaTableTest#x", "No#x");
  }

  @Test
  void everyLineHasItsThreeCellsAndSaysWhereItIs() throws IOException {
    for (String line : page().lines().filter(text -> text.startsWith("|")).toList()) {
      String[] cells = line.split("\\|", -1);
      assertThat(cells).as(line).hasSize(5);
      assertThat(cells[1]).as(line).isNotBlank();
      assertThat(cells[2]).as(line).isNotBlank();
      if (cells[3].isBlank()) {
        assertThat(cells[2]).as(line).containsAnyOf("not yet", "none", "accepted only", "those of");
      }
    }
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve("acsylla.md"));
  }

  private static List<String> missing(String page, Map<String, Set<String>> methods) {
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(page);
    while (named.find()) {
      if (!methods.getOrDefault(named.group(1), Set.of()).contains(named.group(2))) {
        missing.add(named.group(1) + "#" + named.group(2));
      }
    }
    return missing;
  }

  /** Methods by simple class name; two modules may have a class of the same name. */
  private static Map<String, Set<String>> methodsOfTests() throws IOException {
    Map<String, Set<String>> methods = new HashMap<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean skipped = name.equals("target") || name.equals("main") || name.equals(".git");
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".java")) {
              Matcher method = METHOD.matcher(Files.readString(file));
              Set<String> ofClass =
                  methods.computeIfAbsent(name.replace(".java", ""), key -> new HashSet<>());
              while (method.find()) {
                ofClass.add(method.group(1));
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return methods;
  }
}
