package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.PolicyProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
      for (String provider : services(entry.getKey())) {
        Object created =
            Class.forName(provider, true, inTheJar().getClassLoader())
                .getConstructor()
                .newInstance();
        assertThat(created).isInstanceOf(entry.getKey());
        String name = ((PolicyProvider<?>) created).name();
        assertThat(name).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(names.add(name)).as("only one policy is named '%s'", name).isTrue();
      }
      assertThat(names).isEqualTo(new TreeSet<>(entry.getValue()));
    }
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
