package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.annotations.GenIgnore;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.TrustOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom we trust: the authorities whose word about nodes we take, from PEM, from a key store, from
 * the JDK, all of which add up, or from the {@link TrustOptions} of Vert.x alone. Without any,
 * those of the JDK. Files are read when the session opens and when TLS is reloaded.
 */
@DataObject
@JsonGen(publicConverter = false)
public class TlsTrustOptions {

  /** Default of {@code system}. */
  public static final boolean DEFAULT_SYSTEM = false;

  static final OptionKeys KEYS =
      OptionKeys.of(TlsTrustOptions.class)
          .texts("certificates", "certificatesPath")
          .texts("trustStore", "trustStorePath", "trustStorePassword")
          .booleans("system")
          .texts("revocationList")
          .textLists("revocationListPaths");

  private @Nullable String certificates;
  private @Nullable String certificatesPath;
  private @Nullable Buffer trustStore;
  private @Nullable String trustStorePath;
  private @Nullable String trustStorePassword;
  private boolean system = DEFAULT_SYSTEM;
  private @Nullable String revocationList;
  private List<String> revocationListPaths = new ArrayList<>();
  private @Nullable TrustOptions trustOptions;

  /** The authorities that the JDK trusts. */
  public TlsTrustOptions() {}

  /** A copy. */
  public TlsTrustOptions(TlsTrustOptions other) {
    this.certificates = other.certificates;
    this.certificatesPath = other.certificatesPath;
    this.trustStore = other.trustStore == null ? null : other.trustStore.copy();
    this.trustStorePath = other.trustStorePath;
    this.trustStorePassword = other.trustStorePassword;
    this.system = other.system;
    this.revocationList = other.revocationList;
    this.revocationListPaths = new ArrayList<>(other.revocationListPaths);
    this.trustOptions = other.trustOptions == null ? null : other.trustOptions.copy();
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public TlsTrustOptions(JsonObject json) {
    KEYS.read(json, checked -> TlsTrustOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON, the password included; {@code trustOptions} have no JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    TlsTrustOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns the certificates that we trust as PEM, or null. */
  public @Nullable String getCertificates() {
    return certificates;
  }

  /**
   * Sets the certificates that we trust as PEM text, one or more: authorities, or nodes themselves.
   * Default null; per session.
   */
  public TlsTrustOptions setCertificates(@Nullable String certificates) {
    this.certificates = certificates;
    return this;
  }

  /** Returns the PEM file of the certificates that we trust, or null. */
  public @Nullable String getCertificatesPath() {
    return certificatesPath;
  }

  /** Sets the PEM file of the certificates that we trust. Default null; per session. */
  public TlsTrustOptions setCertificatesPath(@Nullable String certificatesPath) {
    this.certificatesPath = certificatesPath;
    return this;
  }

  /** Returns the trust store, or null. */
  public @Nullable Buffer getTrustStore() {
    return trustStore;
  }

  /**
   * Sets a PKCS#12 or JKS store with the certificates that we trust; which of the two is seen from
   * its bytes. In JSON as Base64. Default null; per session.
   */
  public TlsTrustOptions setTrustStore(@Nullable Buffer trustStore) {
    this.trustStore = trustStore;
    return this;
  }

  /** Returns the file of the trust store, or null. */
  public @Nullable String getTrustStorePath() {
    return trustStorePath;
  }

  /** Sets the file of the trust store, instead of its bytes. Default null; per session. */
  public TlsTrustOptions setTrustStorePath(@Nullable String trustStorePath) {
    this.trustStorePath = trustStorePath;
    return this;
  }

  /** Returns the password of the trust store, or null. */
  public @Nullable String getTrustStorePassword() {
    return trustStorePassword;
  }

  /** Sets the password of the trust store. Default null: none; per session. */
  public TlsTrustOptions setTrustStorePassword(@Nullable String trustStorePassword) {
    this.trustStorePassword = trustStorePassword;
    return this;
  }

  /** Tells whether the authorities of the JDK are trusted as well. */
  public boolean isSystem() {
    return system;
  }

  /**
   * Sets whether the authorities that the JDK trusts are trusted besides those given here. Default
   * false; when none are given, they are trusted in any case; per session.
   */
  public TlsTrustOptions setSystem(boolean system) {
    this.system = system;
    return this;
  }

  /** Returns revoked certificates as PEM, or null. */
  public @Nullable String getRevocationList() {
    return revocationList;
  }

  /**
   * Sets lists of revoked certificates as PEM text, one or more ({@code X509 CRL}). With any list,
   * each authority below a trusted one must have a valid one. Default null: not checked; per
   * session.
   */
  public TlsTrustOptions setRevocationList(@Nullable String revocationList) {
    this.revocationList = revocationList;
    return this;
  }

  /** Returns the files of revoked certificates. */
  public List<String> getRevocationListPaths() {
    return Collections.unmodifiableList(revocationListPaths);
  }

  /**
   * Sets the files of revoked certificates, PEM or DER. In JSON a list, or one text with commas.
   * Default none; per session.
   */
  public TlsTrustOptions setRevocationListPaths(List<String> revocationListPaths) {
    this.revocationListPaths = new ArrayList<>(revocationListPaths);
    return this;
  }

  /** Adds a file of revoked certificates. */
  public TlsTrustOptions addRevocationListPath(String revocationListPath) {
    revocationListPaths.add(revocationListPath);
    return this;
  }

  /** Returns whom we trust as options of Vert.x, or null. */
  @GenIgnore
  public @Nullable TrustOptions getTrustOptions() {
    return trustOptions;
  }

  /**
   * Sets whom we trust as options of Vert.x, instead of all others here. JSON does not carry them.
   * Default null; per session.
   */
  @GenIgnore
  public TlsTrustOptions setTrustOptions(@Nullable TrustOptions trustOptions) {
    this.trustOptions = trustOptions;
    return this;
  }

  /** Returns these options as text; the password is hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
