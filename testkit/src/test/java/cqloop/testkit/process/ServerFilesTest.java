package cqloop.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.testkit.ServerLine;
import cqloop.testkit.ServerUnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFilesTest {
  @TempDir private Path folder;

  private String before;

  @BeforeEach
  void point() {
    before = System.setProperty(ServerFiles.PROPERTY, "nowhere" + File.pathSeparator + folder);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(ServerFiles.PROPERTY);
    } else {
      System.setProperty(ServerFiles.PROPERTY, before);
    }
  }

  @Test
  void saysWhatToAddWhenThereIsNoClassPath() {
    assertThatThrownBy(() -> ServerFiles.find(ServerLine.V5_0))
        .isInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("cassandra-5.0.classpath")
        .hasMessageContaining(ServerFiles.PROPERTY);
  }

  @Test
  void findsAFileInTheFolderAndInAModuleBelowIt() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "");
    Files.writeString(folder.resolve("cassandra-4.1.classpath"), jar + "\n");
    Path target = Files.createDirectories(folder.resolve("cassandra-5.0").resolve("target"));
    Files.writeString(target.resolve("cassandra-5.0.classpath"), jar + File.pathSeparator + jar);

    assertThat(ServerFiles.find(ServerLine.V4_1).jars()).containsExactly(jar);
    assertThat(ServerFiles.find(ServerLine.V5_0).jars()).containsExactly(jar, jar);
  }

  @Test
  void refusesAClassPathWithMissingJars() throws IOException {
    Files.writeString(folder.resolve("cassandra-5.0.classpath"), folder.resolve("gone.jar") + "");

    assertThatThrownBy(() -> ServerFiles.find(ServerLine.V5_0))
        .isInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining("gone.jar");
  }
}
