package cqloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every Java block of the documentation stands in a source file that is compiled and run. */
class JavaBlocksTest {
  private static final Path ROOT = Path.of("..");

  @TestFactory
  Stream<DynamicTest> everyJavaBlockIsCompiled() throws IOException {
    List<List<String>> sources = sources();
    return documents()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(document).toString(),
                    () -> {
                      for (List<String> block : javaBlocks(Files.readAllLines(document))) {
                        assertThat(sources.stream().anyMatch(source -> contains(source, block)))
                            .as("a source has the block\n%s", String.join("\n", block))
                            .isTrue();
                      }
                    }));
  }

  @Test
  void theReadmeHasAnExample() throws IOException {
    assertThat(javaBlocks(Files.readAllLines(ROOT.resolve("README.md")))).hasSize(1);
  }

  @Test
  void aBlockThatIsNowhereIsFound() throws IOException {
    List<String> block = List.of("session.execute(\"SELECT nothing\");");

    assertThat(sources()).noneMatch(source -> contains(source, block));
  }

  @Test
  void aBlockIsComparedLineByLineButForItsIndent() {
    List<String> source = List.of("class A {", "  void a() {", "    b();", "  }", "}");

    assertThat(contains(source, List.of("void a() {", "  b();", "}"))).isTrue();
    assertThat(contains(source, List.of("void a() {", "    b();", "}"))).isFalse();
    assertThat(contains(source, List.of("void a() {", "}"))).isFalse();
  }

  private static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> all =
          new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md")).sorted().toList());
      all.add(ROOT.resolve("README.md"));
      return all.stream();
    }
  }

  private static List<List<String>> sources() throws IOException {
    List<List<String>> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("."))) {
      for (Path file : files.filter(JavaBlocksTest::isSource).toList()) {
        sources.add(Files.readAllLines(file));
      }
    }
    return sources;
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && !file.endsWith("JavaBlocksTest.java");
  }

  private static List<List<String>> javaBlocks(List<String> document) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = null;
    for (String line : document) {
      if (block == null && line.strip().equals("```java")) {
        block = new ArrayList<>();
      } else if (block != null && line.strip().equals("```")) {
        blocks.add(block);
        block = null;
      } else if (block != null) {
        block.add(line);
      }
    }
    return blocks;
  }

  private static boolean contains(List<String> source, List<String> block) {
    for (int start = 0; start + block.size() <= source.size(); start++) {
      String first = source.get(start);
      if (first.endsWith(block.get(0)) && first.strip().equals(block.get(0).strip())) {
        String indent = first.substring(0, first.length() - block.get(0).length());
        if (matches(source.subList(start, start + block.size()), block, indent)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(List<String> source, List<String> block, String indent) {
    for (int i = 0; i < block.size(); i++) {
      String expected = block.get(i).isBlank() ? "" : indent + block.get(i);
      if (!source.get(i).equals(expected)) {
        return false;
      }
    }
    return true;
  }
}
