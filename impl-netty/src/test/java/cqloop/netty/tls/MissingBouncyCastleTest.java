package cqloop.netty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.TlsOptions;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.KeyFormat;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application without Bouncy Castle: told to add it, and only for the keys that need it. */
class MissingBouncyCastleTest {

  private static final TestIdentity IDENTITY =
      TestCertificates.create().issue(CertificateRequest.client("app"));

  @ParameterizedTest
  @EnumSource(names = {"PKCS8", "PKCS8_PBES2", "PKCS8_PBES1", "PKCS8_PKCS12"})
  void keysOfTheJdkNeedNoMore(KeyFormat format) throws Exception {
    try (URLClassLoader without = withoutBouncyCastle()) {
      assertThat(load(without, format)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TRADITIONAL", "TRADITIONAL_ENCRYPTED"})
  void otherKeysNameTheArtifactToAdd(KeyFormat format) throws Exception {
    try (URLClassLoader without = withoutBouncyCastle()) {
      assertThatThrownBy(() -> load(without, format))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("EC PRIVATE KEY")
          .hasMessageContaining("org.bouncycastle:bcpkix-jdk18on");
    }
  }

  /** Everything of the driver and of Vert.x anew, as in the application. */
  private static Object load(ClassLoader loader, KeyFormat format) throws Exception {
    TlsOptions options = new TlsOptions();
    options
        .getKey()
        .setCertificateChain(IDENTITY.chainPem())
        .setPrivateKey(IDENTITY.keyPem(format, "sesame"))
        .setPrivateKeyPassword("sesame");
    Class<?> json = loader.loadClass("io.vertx.core.json.JsonObject");
    Class<?> type = loader.loadClass(TlsOptions.class.getName());
    Class<?> vertx = loader.loadClass("io.vertx.core.Vertx");
    Object copy =
        type.getConstructor(json)
            .newInstance(json.getConstructor(String.class).newInstance(options.toJson().encode()));
    return loader
        .loadClass(TlsContext.class.getName())
        .getMethod("load", type, vertx)
        .invoke(null, copy, null);
  }

  private static URLClassLoader withoutBouncyCastle() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
      if (!entry.contains("bcpkix") && !entry.contains("bcprov") && !entry.contains("bcutil")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }
}
