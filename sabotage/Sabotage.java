import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Reads mutants.txt and tries one bug after the other: the class that has it is compiled alone and
 * put before the others on the class path of the tests. See run.sh, which starts this.
 */
final class Sabotage {

  private static final Path LIST = Path.of("sabotage/mutants.txt");
  private static final Path OUT = Path.of("sabotage/target");

  /** Simulated runs: enough for any of the bugs, few enough to be quick. */
  private static final String SEEDS = "400";

  private static final int LIMIT_SECONDS = 120;

  /** What RunTests writes before the name of a test. */
  private static final String FAILED = "FAILED ";

  /** Value. One bug. */
  private record Mutant(
      String name, String what, Path file, List<String> tests, String before, String after) {}

  public static void main(String[] names) throws Exception {
    List<Mutant> mutants = read(Files.readString(LIST));
    if (names.length > 0) {
      mutants.removeIf(mutant -> !Arrays.asList(names).contains(mutant.name()));
    }
    if (mutants.isEmpty()) {
      throw new IllegalArgumentException("No bug has a name of " + Arrays.toString(names));
    }
    requireGreen(mutants);
    int survivors = 0;
    for (Mutant mutant : mutants) {
      String outcome = attempt(mutant);
      survivors += outcome.startsWith("caught") ? 0 : 1;
      System.out.printf("| `%s` | %s | %s |%n", mutant.name(), mutant.what(), outcome);
    }
    System.out.printf("%d of %d caught%n", mutants.size() - survivors, mutants.size());
    System.exit(survivors == 0 ? 0 : 1);
  }

  /** A test that fails without any bug would catch all of them. */
  private static void requireGreen(List<Mutant> mutants) throws Exception {
    Set<String> tests = new LinkedHashSet<>();
    mutants.forEach(mutant -> tests.addAll(mutant.tests()));
    Path none = clean(OUT.resolve("none"));
    String failed = run(none, List.copyOf(tests));
    if (failed != null) {
      throw new IllegalStateException("Without any bug this fails already: " + failed);
    }
  }

  private static String attempt(Mutant mutant) throws Exception {
    String source = Files.readString(mutant.file());
    int at = source.indexOf(mutant.before());
    if (at < 0 || source.indexOf(mutant.before(), at + 1) >= 0) {
      return "STALE: its text is not in " + mutant.file() + " exactly once";
    }
    Path folder = clean(OUT.resolve(mutant.name()));
    Path copy = folder.resolve("source").resolve(mutant.file().getFileName());
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, source.replace(mutant.before(), mutant.after()));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String problem = compile(copy, classes);
    if (problem != null) {
      return "STALE: does not compile: " + problem;
    }
    String failed = run(classes, mutant.tests());
    return failed == null ? "SURVIVED" : "caught by " + failed;
  }

  private static String compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path log = classes.resolveSibling("compiler.log");
    try (PrintStream errors = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      int status =
          compiler.run(
              null, errors, errors, "-nowarn", "-proc:none", "-g", "-d", classes.toString(), "-cp",
              System.getProperty("classpath"), source.toString());
      return status == 0 ? null : "see " + log;
    }
  }

  /** Returns the first test that failed, or null when all of them passed. */
  private static String run(Path classes, List<String> tests) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-ea", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:+AllowRedefinitionToAddDeleteMethods", "-Xshare:auto"));
    command.addAll(List.of("-Dcqloop.sim.seeds=" + SEEDS, "-XX:+EnableDynamicAgentLoading"));
    command.add("-Djunit.jupiter.execution.timeout.default=60 s");
    command.addAll(List.of("-cp", classes + ":" + System.getProperty("classpath")));
    command.add("sabotage/RunTests.java");
    for (String test : tests) {
      command.add(test.startsWith("cqloop.") ? test : "cqloop.netty." + test);
    }
    Path log = classes.resolveSibling(classes.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "the time limit: its tests do not end";
    }
    if (process.exitValue() == 0) {
      return null;
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.startsWith(FAILED))
          .findFirst()
          .map(line -> "`" + line.substring(FAILED.length()) + "`")
          .orElse("the end of the test process, see " + log);
    }
  }

  private static Path clean(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  private static List<Mutant> read(String list) {
    List<Mutant> mutants = new ArrayList<>();
    String[] blocks = list.split("\n== ");
    for (int i = 1; i < blocks.length; i++) {
      String block = blocks[i];
      String before = between(block, "--- as it is\n", "\n--- as it is broken\n");
      String after = block.substring(block.indexOf("\n--- as it is broken\n") + 21).stripTrailing();
      mutants.add(
          new Mutant(
              block.substring(0, block.indexOf('\n')),
              between(block, "\nWhat: ", "\n"),
              Path.of(between(block, "\nFile: ", "\n")),
              List.of(between(block, "\nTests: ", "\n").split(" ")),
              before,
              after));
    }
    return mutants;
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from);
    int end = start < 0 ? -1 : text.indexOf(to, start + from.length());
    if (end < 0) {
      throw new IllegalArgumentException("A block has no '" + from.strip() + "': " + text);
    }
    return text.substring(start + from.length(), end);
  }
}
