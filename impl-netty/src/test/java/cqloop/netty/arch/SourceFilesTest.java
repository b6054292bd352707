package cqloop.netty.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No Java file of any module is too long to be read at one go. */
class SourceFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final int MOST_LINES = 400;

  @Test
  void noFileHasMoreThan400Lines() throws IOException {
    assertThat(tooLong(ROOT)).isEmpty();
  }

  @Test
  void findsAFileOf401Lines(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Short.java"), "\n".repeat(MOST_LINES));
    Files.writeString(folder.resolve("Long.java"), "\n".repeat(MOST_LINES + 1));

    assertThat(tooLong(folder)).containsExactly("401 lines: Long.java");
  }

  private static List<String> tooLong(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skip = name.equals("target") || (name.startsWith(".") && !name.equals(".."));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(".java")) {
              int lines = Files.readAllLines(file).size();
              if (lines > MOST_LINES) {
                found.add(lines + " lines: " + root.relativize(file));
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
