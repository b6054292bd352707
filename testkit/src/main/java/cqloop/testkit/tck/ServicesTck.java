package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.PolicyProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Owned by one test. A jar with policies must announce the same ones in {@code module-info} and in
 * {@code META-INF/services}, or it works on the module path only, or on the class path only.
 */
public abstract class ServicesTck {

  /** Returns any class of the jar. */
  protected abstract Class<?> inTheJar();

  /** Returns the names of the policies by the interface of their providers: all that there are. */
  protected abstract Map<Class<?>, Set<String>> policies();

  /** Returns the file that documents the keys of the policies; null where there is none. */
  protected @Nullable Path documentation() {
    return null;
  }

  @Test
  public void announcesTheSameOnModulePathAndClassPath() throws IOException {
    Map<String, Set<String>> files = new TreeMap<>();
    for (Class<?> role : policies().keySet()) {
      files.put(role.getName(), services(role));
    }
    Map<String, Set<String>> module = new TreeMap<>();
    try (InputStream in = open("module-info.class")) {
      for (ModuleDescriptor.Provides provides : ModuleDescriptor.read(in).provides()) {
        module.put(provides.service(), new TreeSet<>(provides.providers()));
      }
    }
    assertThat(files).isEqualTo(module);
  }

  @Test
  public void givesEachPolicyItsName() throws IOException, ReflectiveOperationException {
    for (Map.Entry<Class<?>, Set<String>> entry : policies().entrySet()) {
      Set<String> names = new TreeSet<>();
      for (PolicyProvider<?> provider : providers(entry.getKey())) {
        String name = provider.name();
        assertThat(name).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(names.add(name)).as("only one policy is named '%s'", name).isTrue();
      }
      assertThat(names).isEqualTo(new TreeSet<>(entry.getValue()));
    }
  }

  @Test
  public void documentsEveryKey() throws IOException, ReflectiveOperationException {
    Path file = documentation();
    Assumptions.assumeTrue(file != null, "no documentation is named");
    String text = Files.readString(file);
    for (Class<?> role : policies().keySet()) {
      String chapter = part(text, "\n## ", role.getSimpleName());
      for (PolicyProvider<?> provider : providers(role)) {
        Set<String> keys = new TreeSet<>();
        for (String line : part(chapter, "\n### ", "`" + provider.name() + "`").split("\n")) {
          if (line.startsWith("| `")) {
            keys.add(line.substring(3, line.indexOf('`', 3)));
          }
        }
        assertThat(keys)
            .as("keys of %s '%s' in %s", role.getSimpleName(), provider.name(), file)
            .isEqualTo(TckContext.knownKeys(provider));
      }
    }
  }

  /** Returns the part of a text under the first heading that has this in it. */
  private static String part(String text, String heading, String in) {
    for (String part : text.split(heading)) {
      if (part.lines().findFirst().orElse("").contains(in)) {
        return part;
      }
    }
    throw new AssertionError("There is no heading with " + in);
  }

  private List<PolicyProvider<?>> providers(Class<?> role)
      throws IOException, ReflectiveOperationException {
    List<PolicyProvider<?>> providers = new ArrayList<>();
    for (String name : services(role)) {
      Object provider =
          Class.forName(name, true, inTheJar().getClassLoader()).getConstructor().newInstance();
      assertThat(provider).isInstanceOf(role);
      providers.add((PolicyProvider<?>) provider);
    }
    return providers;
  }

  private Set<String> services(Class<?> role) throws IOException {
    try (InputStream in = open("META-INF/services/" + role.getName())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceAll("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Opens a file of this very jar or folder; the class path has others of the same name. */
  private InputStream open(String file) throws IOException {
    URL place = inTheJar().getProtectionDomain().getCodeSource().getLocation();
    String text = place.toString();
    return URI.create(text.endsWith("/") ? text + file : "jar:" + text + "!/" + file)
        .toURL()
        .openStream();
  }
}
