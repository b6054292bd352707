package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.annotations.GenIgnore;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.KeyCertOptions;
import org.jspecify.annotations.Nullable;

/**
 * Who we are to the nodes: a certificate with its private key, from PEM, from a key store, or from
 * the {@link KeyCertOptions} of Vert.x. One of these; files are read when the session opens and
 * when TLS is reloaded.
 */
@DataObject
@JsonGen(publicConverter = false)
public class TlsKeyOptions {

  static final OptionKeys KEYS =
      OptionKeys.of(TlsKeyOptions.class)
          .texts("certificateChain", "certificateChainPath")
          .texts("privateKey", "privateKeyPath", "privateKeyPassword")
          .texts("keyStore", "keyStorePath", "keyStorePassword", "keyStoreAlias");

  private @Nullable String certificateChain;
  private @Nullable String certificateChainPath;
  private @Nullable String privateKey;
  private @Nullable String privateKeyPath;
  private @Nullable String privateKeyPassword;
  private @Nullable Buffer keyStore;
  private @Nullable String keyStorePath;
  private @Nullable String keyStorePassword;
  private @Nullable String keyStoreAlias;
  private @Nullable KeyCertOptions keyCertOptions;

  /** No certificate of our own. */
  public TlsKeyOptions() {}

  /** A copy. */
  public TlsKeyOptions(TlsKeyOptions other) {
    this.certificateChain = other.certificateChain;
    this.certificateChainPath = other.certificateChainPath;
    this.privateKey = other.privateKey;
    this.privateKeyPath = other.privateKeyPath;
    this.privateKeyPassword = other.privateKeyPassword;
    this.keyStore = other.keyStore == null ? null : other.keyStore.copy();
    this.keyStorePath = other.keyStorePath;
    this.keyStorePassword = other.keyStorePassword;
    this.keyStoreAlias = other.keyStoreAlias;
    this.keyCertOptions = other.keyCertOptions == null ? null : other.keyCertOptions.copy();
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public TlsKeyOptions(JsonObject json) {
    KEYS.read(json, checked -> TlsKeyOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON, secrets included; {@code keyCertOptions} have no JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    TlsKeyOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns our certificate and those above it as PEM, or null. */
  public @Nullable String getCertificateChain() {
    return certificateChain;
  }

  /**
   * Sets our certificate as PEM text, followed by those of the authorities between it and one that
   * the nodes trust. Needs a private key. Default null; per session.
   */
  public TlsKeyOptions setCertificateChain(@Nullable String certificateChain) {
    this.certificateChain = certificateChain;
    return this;
  }

  /** Returns the PEM file of our certificates, or null. */
  public @Nullable String getCertificateChainPath() {
    return certificateChainPath;
  }

  /** Sets the PEM file of our certificates, instead of the text. Default null; per session. */
  public TlsKeyOptions setCertificateChainPath(@Nullable String certificateChainPath) {
    this.certificateChainPath = certificateChainPath;
    return this;
  }

  /** Returns our private key as PEM, or null. */
  public @Nullable String getPrivateKey() {
    return privateKey;
  }

  /**
   * Sets the private key of our certificate as PEM text: PKCS#8, plain or encrypted; with Bouncy
   * Castle ({@code org.bouncycastle:bcpkix-jdk18on}) on the class path also PKCS#1, SEC1 and
   * encryption that the JDK does not know. Default null; per session.
   */
  public TlsKeyOptions setPrivateKey(@Nullable String privateKey) {
    this.privateKey = privateKey;
    return this;
  }

  /** Returns the PEM file of our private key, or null. */
  public @Nullable String getPrivateKeyPath() {
    return privateKeyPath;
  }

  /** Sets the PEM file of our private key, instead of the text. Default null; per session. */
  public TlsKeyOptions setPrivateKeyPath(@Nullable String privateKeyPath) {
    this.privateKeyPath = privateKeyPath;
    return this;
  }

  /** Returns the password of the private key, or null. */
  public @Nullable String getPrivateKeyPassword() {
    return privateKeyPassword;
  }

  /**
   * Sets the password of an encrypted private key; for a key store, where it differs from that of
   * the store. Default null: not encrypted; per session.
   */
  public TlsKeyOptions setPrivateKeyPassword(@Nullable String privateKeyPassword) {
    this.privateKeyPassword = privateKeyPassword;
    return this;
  }

  /** Returns the key store, or null. */
  public @Nullable Buffer getKeyStore() {
    return keyStore;
  }

  /**
   * Sets a PKCS#12 or JKS key store that holds our certificate and key; which of the two is seen
   * from its bytes. In JSON as Base64. Default null; per session.
   */
  public TlsKeyOptions setKeyStore(@Nullable Buffer keyStore) {
    this.keyStore = keyStore;
    return this;
  }

  /** Returns the file of the key store, or null. */
  public @Nullable String getKeyStorePath() {
    return keyStorePath;
  }

  /** Sets the file of the key store, instead of its bytes. Default null; per session. */
  public TlsKeyOptions setKeyStorePath(@Nullable String keyStorePath) {
    this.keyStorePath = keyStorePath;
    return this;
  }

  /** Returns the password of the key store, or null. */
  public @Nullable String getKeyStorePassword() {
    return keyStorePassword;
  }

  /** Sets the password of the key store. Default null: none; per session. */
  public TlsKeyOptions setKeyStorePassword(@Nullable String keyStorePassword) {
    this.keyStorePassword = keyStorePassword;
    return this;
  }

  /** Returns which entry of the key store to use, or null. */
  public @Nullable String getKeyStoreAlias() {
    return keyStoreAlias;
  }

  /**
   * Sets which entry of the key store to use. Default null: the one that the node accepts; per
   * session.
   */
  public TlsKeyOptions setKeyStoreAlias(@Nullable String keyStoreAlias) {
    this.keyStoreAlias = keyStoreAlias;
    return this;
  }

  /** Returns key and certificate as options of Vert.x, or null. */
  @GenIgnore
  public @Nullable KeyCertOptions getKeyCertOptions() {
    return keyCertOptions;
  }

  /**
   * Sets key and certificate as options of Vert.x, instead of all others here. JSON does not carry
   * them. Default null; per session.
   */
  @GenIgnore
  public TlsKeyOptions setKeyCertOptions(@Nullable KeyCertOptions keyCertOptions) {
    this.keyCertOptions = keyCertOptions;
    return this;
  }

  /** Returns these options as text; key and passwords are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
