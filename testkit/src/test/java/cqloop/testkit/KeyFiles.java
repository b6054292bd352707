package cqloop.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Key files made with the JDK's own tool: a self-signed server key, as PKCS12 and as PEM. */
final class KeyFiles {
  static final String PASSWORD = "secret";

  private static final String ALIAS = "node";

  private final Path store;
  private final Path pem;
  private final Path authority;

  private KeyFiles(Path folder) {
    this.store = folder.resolve("server.p12");
    this.pem = folder.resolve("server.pem");
    this.authority = folder.resolve("authority.pem");
  }

  static KeyFiles in(Path folder) throws Exception {
    KeyFiles files = new KeyFiles(folder);
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=node",
                "-storetype",
                "PKCS12",
                "-keystore",
                files.store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (tool.waitFor() != 0) {
      throw new IllegalStateException("keytool ended with " + tool.exitValue());
    }
    files.writePem();
    return files;
  }

  Path store() {
    return store;
  }

  Path pem() {
    return pem;
  }

  /** The certificate alone, that makes it trusted. */
  Path authority() {
    return authority;
  }

  private void writePem() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    String key = block("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    String certificate = block("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    Files.writeString(pem, key + certificate);
    Files.writeString(authority, certificate);
  }

  private static String block(String name, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n";
  }
}
