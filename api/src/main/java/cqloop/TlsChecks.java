package cqloop;

import cqloop.error.InvalidOptions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Value. Checks the options of TLS that must fit each other. */
final class TlsChecks {

  // Parts of the names of suites that keep no secret, or only from the patient. RFC 7465, 9325.
  private static final List<String> WEAK =
      List.of("NULL", "ANON", "EXPORT", "RC4", "RC2", "DES_CBC", "DES40", "3DES", "MD5");

  private TlsChecks() {}

  static void check(TlsOptions tls) {
    checkKey(tls.getKey());
    checkTrust(tls.getTrust());
    for (String suite : tls.getCipherSuites()) {
      for (String weak : WEAK) {
        if (suite.toUpperCase(Locale.ROOT).contains(weak)) {
          throw new InvalidOptions(
              "TlsOptions.cipherSuites",
              "'%s' is weak (%s) and never offered; take it out".formatted(suite, weak));
        }
      }
    }
  }

  private static void checkKey(TlsKeyOptions key) {
    boolean chain = key.getCertificateChain() != null || key.getCertificateChainPath() != null;
    boolean own = key.getPrivateKey() != null || key.getPrivateKeyPath() != null;
    boolean store = key.getKeyStore() != null || key.getKeyStorePath() != null;
    onlyOne(
        "TlsKeyOptions",
        "certificateChain",
        key.getCertificateChain(),
        "certificateChainPath",
        key.getCertificateChainPath());
    onlyOne(
        "TlsKeyOptions",
        "privateKey",
        key.getPrivateKey(),
        "privateKeyPath",
        key.getPrivateKeyPath());
    onlyOne("TlsKeyOptions", "keyStore", key.getKeyStore(), "keyStorePath", key.getKeyStorePath());
    if (chain != own) {
      throw new InvalidOptions(
          "TlsKeyOptions." + (chain ? "privateKey" : "certificateChain"),
          "missing: a private key and its certificate go together");
    }
    int ways = (chain ? 1 : 0) + (store ? 1 : 0) + (key.getKeyCertOptions() == null ? 0 : 1);
    if (ways > 1) {
      throw new InvalidOptions(
          "TlsKeyOptions", "give PEM, or a key store, or keyCertOptions: only one of them");
    }
    if (!store && (key.getKeyStorePassword() != null || key.getKeyStoreAlias() != null)) {
      throw new InvalidOptions(
          "TlsKeyOptions.keyStore", "missing: its password or alias is given, the store is not");
    }
    if (!own && !store && key.getPrivateKeyPassword() != null) {
      throw new InvalidOptions(
          "TlsKeyOptions.privateKey", "missing: its password is given, the key is not");
    }
  }

  private static void checkTrust(TlsTrustOptions trust) {
    onlyOne(
        "TlsTrustOptions",
        "trustStore",
        trust.getTrustStore(),
        "trustStorePath",
        trust.getTrustStorePath());
    boolean store = trust.getTrustStore() != null || trust.getTrustStorePath() != null;
    if (!store && trust.getTrustStorePassword() != null) {
      throw new InvalidOptions(
          "TlsTrustOptions.trustStore", "missing: its password is given, the store is not");
    }
    if (trust.getTrustOptions() != null && !trust.toJson().equals(new TlsTrustOptions().toJson())) {
      throw new InvalidOptions(
          "TlsTrustOptions.trustOptions", "give these or the others, not both: they do not add up");
    }
  }

  private static void onlyOne(
      String options, String one, @Nullable Object first, String other, @Nullable Object second) {
    if (first != null && second != null) {
      throw new InvalidOptions(
          options + "." + one, "give %s or %s, not both".formatted(one, other));
    }
  }
}
