package cqloop.netty.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import org.jspecify.annotations.Nullable;

/** Value. Opens key stores of either kind, and makes them. */
final class KeyStores {

  private static final int JKS_MAGIC = 0xFEEDFEED;

  private KeyStores() {}

  /** Opens a PKCS#12 or JKS store. */
  static KeyStore open(Source source, @Nullable String password, String passwordOption) {
    String type = isJks(source.bytes()) ? "JKS" : "PKCS12";
    try {
      KeyStore store = KeyStore.getInstance(type);
      // Without a password the content is read, but nobody knows whether it was changed.
      store.load(
          new ByteArrayInputStream(source.bytes()),
          password == null ? null : password.toCharArray());
      return store;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException || password == null) {
        throw source.failure(
            "the store could not be opened as %s; is %s right?".formatted(type, passwordOption),
            null);
      }
      throw source.failure("it is no PKCS#12 or JKS store, or it is damaged", e);
    } catch (GeneralSecurityException e) {
      throw source.failure("this JVM cannot read the store as " + type, e);
    }
  }

  /** Returns an empty store in memory; not PKCS#12, which encrypts what never leaves memory. */
  static KeyStore empty() {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new LinkageError("every JVM has JKS", e);
    }
  }

  private static boolean isJks(byte[] bytes) {
    return bytes.length > 4
        && ((bytes[0] & 0xFF) << 24
                | (bytes[1] & 0xFF) << 16
                | (bytes[2] & 0xFF) << 8
                | (bytes[3] & 0xFF))
            == JKS_MAGIC;
  }
}
