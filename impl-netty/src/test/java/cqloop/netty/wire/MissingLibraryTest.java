package cqloop.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application without the optional libraries: told which one to add, and only when asked. */
class MissingLibraryTest {

  @ParameterizedTest
  @CsvSource({"lz4, at.yawk.lz4:lz4-java", "snappy, org.xerial.snappy:snappy-java"})
  void namesTheArtifactToAdd(String algorithm, String artifact) throws Exception {
    try (URLClassLoader without = withoutCompression()) {
      Method of = without.loadClass(Compression.class.getName()).getMethod("of", String.class);
      assertThatThrownBy(() -> of.invoke(null, algorithm))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(artifact);
    }
  }

  @ParameterizedTest
  @CsvSource({"cqloop.netty.wire.FrameReader", "cqloop.netty.wire.SegmentEncoder"})
  void theRestWorksWithoutThem(String name) throws Exception {
    try (URLClassLoader without = withoutCompression()) {
      Class<?> type = without.loadClass(name);
      Object made =
          name.endsWith("FrameReader")
              ? type.getConstructor(int.class).newInstance(100)
              : type.getConstructors()[0].newInstance((Object) null);
      assertThat(made.getClass().getClassLoader()).isSameAs(without);
    }
  }

  private static URLClassLoader withoutCompression() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
      if (!entry.contains("lz4-java") && !entry.contains("snappy-java")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }
}
