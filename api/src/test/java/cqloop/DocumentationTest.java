package cqloop;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.error.CqlException;
import cqloop.error.ServerException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of docs name what there is, all of it and nothing else. */
class DocumentationTest {

  private static final Path DOCS = Path.of("..", "docs");

  @ParameterizedTest
  @ValueSource(
      classes = {
        CqlOptions.class,
        ProfileOptions.class,
        ConnectionOptions.class,
        TcpOptions.class,
        PoolOptions.class,
        ProtocolOptions.class,
        MetadataOptions.class,
        RequestOptions.class,
        TlsOptions.class,
        TlsKeyOptions.class,
        TlsTrustOptions.class,
        PolicyOptions.class
      })
  void configurationNamesEveryOption(Class<?> options) throws Exception {
    Field keys = options.getDeclaredField("KEYS");
    keys.setAccessible(true);
    String text = Files.readString(DOCS.resolve("configuration.md"));
    int start = text.indexOf("\n## " + options.getSimpleName() + "\n");
    int end = text.indexOf("\n## ", start + 1);

    assertThat(start).isPositive();
    assertThat(firstColumn(text.substring(start, end)))
        .containsExactlyInAnyOrderElementsOf(((OptionKeys) keys.get(null)).names());
  }

  @Test
  void errorsNamesEveryErrorOnce() throws Exception {
    String text = Files.readString(DOCS.resolve("errors.md"));
    int server = text.indexOf("\n## Errors that a server sends");
    int driver = text.indexOf("\n## Errors of the driver");
    int acsylla = text.indexOf("\n## The errors of acsylla");
    List<String> ofServer = new ArrayList<>();
    List<String> ofDriver = new ArrayList<>();
    for (Class<?> type : errors()) {
      (ServerException.class.isAssignableFrom(type) ? ofServer : ofDriver)
          .add(type.getSimpleName());
    }

    assertThat(firstColumn(text.substring(server, driver)))
        .containsExactlyInAnyOrderElementsOf(ofServer);
    assertThat(firstColumn(text.substring(driver, acsylla)))
        .containsExactlyInAnyOrderElementsOf(ofDriver);
  }

  @Test
  void errorsTellsEachCode() throws Exception {
    String text = Files.readString(DOCS.resolve("errors.md"));
    int checked = 0;
    for (Class<?> type : errors()) {
      for (Field field : type.getFields()) {
        if (field.getName().equals("CODE")) {
          assertThat(text)
              .contains("| `%s` | 0x%04X |".formatted(type.getSimpleName(), field.getInt(null)));
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(21);
  }

  private static List<Class<?>> errors() throws Exception {
    List<Class<?>> errors = new ArrayList<>();
    Path classes = Path.of(CqlException.class.getResource("CqlException.class").toURI());
    try (Stream<Path> files = Files.list(classes.getParent())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName("cqloop.error." + name);
        if (CqlException.class.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())) {
          errors.add(type);
        }
      }
    }
    return errors;
  }

  /** Names in backquotes in the first column of each row of a table. */
  private static List<String> firstColumn(String section) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : section.lines().toList()) {
      if (line.startsWith("| `")) {
        String cell = line.substring(2, line.indexOf(" |", 2));
        names.addAll(List.of(cell.replace("`", "").split(", ", -1)));
      }
    }
    assertThat(names).hasSameSizeAs(new TreeSet<>(names));
    return names;
  }
}
