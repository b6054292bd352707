package cqloop.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** Value. Writes key stores and trust stores. */
final class KeyStores {
  private KeyStores() {}

  static Path identity(Path file, String type, String password, TestIdentity identity)
      throws IOException {
    return write(
        file,
        type,
        password,
        store ->
            store.setKeyEntry(
                "identity",
                identity.privateKey(),
                password.toCharArray(),
                identity.chain().toArray(X509Certificate[]::new)));
  }

  static Path trust(Path file, String type, String password, X509Certificate authority)
      throws IOException {
    return write(file, type, password, store -> store.setCertificateEntry("authority", authority));
  }

  private interface Filler {
    void fill(KeyStore store) throws GeneralSecurityException;
  }

  private static Path write(Path file, String type, String password, Filler filler)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      filler.fill(store);
      store.store(out, password.toCharArray());
      return file;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot write " + file + " as a key store of type " + type, e);
    }
  }
}
