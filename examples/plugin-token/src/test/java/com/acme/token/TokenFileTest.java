package com.acme.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.testkit.tck.AuthenticatorTck;
import cqloop.testkit.tck.ServicesTck;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest extends AuthenticatorTck {

  private static final String SERVER = "org.apache.cassandra.auth.PasswordAuthenticator";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeToken() throws IOException {
    file = Files.writeString(folder.resolve("token"), "t0ken-0f-today\n");
  }

  @Override
  protected Authenticator authenticator(Vertx vertx) {
    JsonObject config = new JsonObject().put("username", "app").put("file", file.toString());
    return new TokenFileProvider().create(TckContext.create(config).withVertx(vertx));
  }

  @Override
  protected String serverClass() {
    return SERVER;
  }

  @Override
  protected List<String> secrets() {
    return List.of("t0ken-0f-today");
  }

  @Test
  void readsTheTokenAtEachLogin() throws Exception {
    Vertx vertx = Vertx.vertx();
    Authenticator authenticator = authenticator(vertx);
    assertThat(first(authenticator)).isEqualTo("\0app\0t0ken-0f-today");
    Files.writeString(file, "tomorrow");
    assertThat(first(authenticator)).isEqualTo("\0app\0tomorrow");
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void needsAUserAndAFile() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenFileProvider().create(TckContext.create()))
        .withMessageContaining("'username' is missing");
  }

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(AuthenticatorProvider.class))
        .anyMatch(TokenFileProvider.class::isInstance);
  }

  @Test
  void isFoundOnTheModulePath() {
    Path[] jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("test-classes"))
            .map(Path::of)
            .toArray(Path[]::new);
    // As the JVM does for --module-path: begin with the API, and bind what provides its services.
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolveAndBind(
                ModuleFinder.of(), ModuleFinder.of(jars), Set.of("cqloop.api", "com.acme.token"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(modules, ClassLoader.getPlatformClassLoader());
    List<String> found = new ArrayList<>();
    for (Object provider : ServiceLoader.load(layer, role(layer))) {
      found.add(provider.getClass().getModule().getName());
    }
    assertThat(found).contains("com.acme.token");
  }

  private static Class<?> role(ModuleLayer layer) {
    return Class.forName(
        layer.findModule("cqloop.api").orElseThrow(), AuthenticatorProvider.class.getName());
  }

  private static String first(Authenticator authenticator) throws Exception {
    AuthSession session = authenticator.begin(NODE, SERVER);
    Buffer token =
        session.first().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    String text = token.toString();
    session.close();
    assertThat(token.getBytes()).as("wiped").containsOnly(0);
    return text;
  }

  @Nested
  class Services extends ServicesTck {
    @Override
    protected Class<?> inTheJar() {
      return TokenFileProvider.class;
    }

    @Override
    protected Map<Class<?>, Set<String>> policies() {
      return Map.of(AuthenticatorProvider.class, Set.of("token-file"));
    }
  }
}
