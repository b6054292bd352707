package cqloop.bench.stub;

import cqloop.bench.spi.Target;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/** Value. A throw-away certificate for the loopback address, made with the JDK's keytool. */
public final class StubTls {
  private StubTls() {}

  /** Makes a PKCS#12 file that serves the server as key store and the clients as trust store. */
  public static void makeKeyStore(Path file) throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String arguments =
        "-genkeypair -alias stub -keyalg EC -groupname secp256r1 -validity 30 -dname CN=localhost"
            + " -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12";
    List<String> command = new ArrayList<>(List.of(keytool.toString()));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storepass", Target.STORE_PASSWORD, "-keystore", file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool did not make " + file + ": " + output);
    }
  }

  /** The server's side of TLS, on the JDK's engine. */
  public static SslContext serverContext(Path keyStore)
      throws GeneralSecurityException, IOException {
    char[] password = Target.STORE_PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    return SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK).build();
  }
}
