package cqloop.netty.tls;

import cqloop.TlsKeyOptions;
import cqloop.error.TlsFailed;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** Value. Reads our own certificate and key. Blocks: for workers only. */
final class KeyMaterial {

  private static final TlsFailed.Kind CERTIFICATE = TlsFailed.Kind.INVALID_CERTIFICATE;
  private static final TlsFailed.Kind KEY = TlsFailed.Kind.INVALID_PRIVATE_KEY;

  private static final String OURS = "cqloop";

  private KeyMaterial() {}

  /** Returns null when we have no certificate. */
  static @Nullable KeyManagerFactory load(TlsKeyOptions options, Vertx vertx) {
    KeyCertOptions given = options.getKeyCertOptions();
    if (given != null) {
      return ofVertx(given, vertx);
    }
    Source chain =
        Source.of(
            "certificateChain",
            options.getCertificateChain(),
            options.getCertificateChainPath(),
            CERTIFICATE);
    if (chain != null) {
      return ofPem(options, chain);
    }
    Source store = Source.of("keyStore", options.getKeyStore(), options.getKeyStorePath(), KEY);
    return store == null ? null : ofStore(options, store);
  }

  private static KeyManagerFactory ofVertx(KeyCertOptions options, Vertx vertx) {
    try {
      return options.getKeyManagerFactory(vertx);
    } catch (Exception e) {
      throw new TlsFailed("", KEY, "keyCertOptions: " + e.getMessage(), e);
    }
  }

  private static KeyManagerFactory ofPem(TlsKeyOptions options, Source chain) {
    List<X509Certificate> certificates = Certificates.read(chain);
    Source source =
        Objects.requireNonNull(
            Source.of("privateKey", options.getPrivateKey(), options.getPrivateKeyPath(), KEY));
    PrivateKey key = PrivateKeys.read(source, options.getPrivateKeyPassword());
    PrivateKeys.checkFits(source, key, certificates.get(0));
    return factory(source, key, certificates.toArray(new X509Certificate[0]));
  }

  private static KeyManagerFactory ofStore(TlsKeyOptions options, Source source) {
    String password = options.getKeyStorePassword();
    KeyStore store = KeyStores.open(source, password, "keyStorePassword");
    String own = options.getPrivateKeyPassword();
    String keyPassword = own != null ? own : password == null ? "" : password;
    try {
      String alias = options.getKeyStoreAlias();
      if (alias == null) {
        alias = onlyKey(source, store);
      }
      Key key = store.isKeyEntry(alias) ? store.getKey(alias, keyPassword.toCharArray()) : null;
      if (!(key instanceof PrivateKey found)) {
        throw source.failure(
            "there is no private key under '%s', only under %s".formatted(alias, keys(store)),
            null);
      }
      List<X509Certificate> chain = new ArrayList<>();
      for (java.security.cert.Certificate one : store.getCertificateChain(alias)) {
        chain.add((X509Certificate) one);
      }
      return factory(source, found, chain.toArray(new X509Certificate[0]));
    } catch (UnrecoverableKeyException e) {
      throw source.failure(
          "the private key could not be decrypted; is privateKeyPassword right?", null);
    } catch (GeneralSecurityException e) {
      throw source.failure("the private key cannot be taken from the store", e);
    }
  }

  private static String onlyKey(Source source, KeyStore store) throws GeneralSecurityException {
    List<String> keys = keys(store);
    if (keys.isEmpty()) {
      throw source.failure("there is no private key in the store", null);
    }
    if (keys.size() > 1) {
      throw source.failure(
          "there are several private keys, %s; name one in keyStoreAlias".formatted(keys), null);
    }
    return keys.get(0);
  }

  private static List<String> keys(KeyStore store) throws GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    return keys;
  }

  private static KeyManagerFactory factory(Source source, PrivateKey key, X509Certificate[] chain) {
    try {
      KeyStore store = KeyStores.empty();
      char[] none = new char[0];
      store.setKeyEntry(OURS, key, none, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, none);
      return factory;
    } catch (GeneralSecurityException e) {
      throw source.failure("this JVM cannot use the key", e);
    }
  }
}
