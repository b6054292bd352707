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
 * Fault G5: no text of ours depends on the locale of the machine. In Turkish the small letter of I
 * is not i, and in Arabic and Thai {@code %d} may print other digits; {@code %s} never does.
 */
class LocaleRulesTest {

  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of("api", "impl-netty", "spi-auth", "spi-loadbalancing", "spi-retry", "testkit");

  private static final Pattern DEPENDENT =
      Pattern.compile(
          "\\.to(?:Upper|Lower)Case\\(\\)|String\\.format\\((?!\\s*Locale\\.ROOT)|%[,+(0-9.]*[dfegEG]");

  @Test
  void noTextOfOursDependsOnTheLocale() throws IOException {
    for (String module : MODULES) {
      assertThat(dependent(ROOT.resolve(module).resolve("src/main/java"))).isEmpty();
    }
  }

  @Test
  void findsWhatDependsOnIt(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Bad.java"),
        "name.toLowerCase(); String.format(\"%x\", 1);\n\"%d of %.1f\".formatted(1, 2.0)");
    Files.writeString(
        folder.resolve("Good.java"),
        "name.toLowerCase(Locale.ROOT); String.format(\n  Locale.ROOT, \"%s %02x 5 % done\", 1)");

    assertThat(dependent(folder))
        .containsExactly(
            "Bad.java: .toLowerCase()",
            "Bad.java: String.format(",
            "Bad.java: %d",
            "Bad.java: %.1f");
  }

  private static List<String> dependent(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        Matcher matcher = DEPENDENT.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(root.relativize(file) + ": " + matcher.group());
        }
      }
    }
    return found;
  }
}
