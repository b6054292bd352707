package cqloop.netty.tls;

import cqloop.TlsTrustOptions;
import cqloop.error.TlsFailed;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Value. Reads whom we trust. Blocks: for workers only. */
final class TrustMaterial {

  private static final TlsFailed.Kind KIND = TlsFailed.Kind.INVALID_CERTIFICATE;

  private TrustMaterial() {}

  /** Returns what checks chains of certificates. */
  static X509TrustManager load(TlsTrustOptions options, Vertx vertx) {
    TrustOptions given = options.getTrustOptions();
    try {
      if (given != null) {
        return ofVertx(given, vertx);
      }
      Set<X509Certificate> trusted = given(options);
      if (trusted.isEmpty() || options.isSystem()) {
        Collections.addAll(trusted, system().getAcceptedIssuers());
      }
      List<X509CRL> revoked = revoked(options);
      return revoked.isEmpty() ? manager(trusted) : manager(trusted, revoked);
    } catch (GeneralSecurityException e) {
      throw new TlsFailed("", KIND, "this JVM cannot use the trusted certificates", e);
    }
  }

  private static X509TrustManager ofVertx(TrustOptions options, Vertx vertx) {
    try {
      return first(options.getTrustManagerFactory(vertx));
    } catch (Exception e) {
      throw new TlsFailed("", KIND, "trustOptions: " + e.getMessage(), e);
    }
  }

  private static Set<X509Certificate> given(TlsTrustOptions options)
      throws GeneralSecurityException {
    Set<X509Certificate> trusted = new LinkedHashSet<>();
    Source text = Source.of("certificates", options.getCertificates(), null, KIND);
    if (text != null) {
      trusted.addAll(Certificates.read(text));
    }
    Source file = Source.of("certificates", (String) null, options.getCertificatesPath(), KIND);
    if (file != null) {
      trusted.addAll(Certificates.read(file));
    }
    Source store =
        Source.of("trustStore", options.getTrustStore(), options.getTrustStorePath(), KIND);
    if (store != null) {
      trusted.addAll(ofStore(store, options.getTrustStorePassword()));
    }
    return trusted;
  }

  private static List<X509Certificate> ofStore(Source source, @Nullable String password)
      throws GeneralSecurityException {
    KeyStore store = KeyStores.open(source, password, "trustStorePassword");
    List<X509Certificate> trusted = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (certificate instanceof X509Certificate x509) {
        trusted.add(x509);
      }
    }
    if (trusted.isEmpty()) {
      throw source.failure("there is no certificate in the store", null);
    }
    return trusted;
  }

  private static List<X509CRL> revoked(TlsTrustOptions options) {
    List<X509CRL> lists = new ArrayList<>();
    Source text = Source.of("revocationList", options.getRevocationList(), null, KIND);
    if (text != null) {
      lists.addAll(Certificates.lists(text));
    }
    for (String path : options.getRevocationListPaths()) {
      lists.addAll(Certificates.lists(Source.read("revocationListPaths", path, KIND)));
    }
    return lists;
  }

  private static X509TrustManager system() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    return first(factory);
  }

  private static X509TrustManager manager(Set<X509Certificate> trusted)
      throws GeneralSecurityException {
    KeyStore store = KeyStores.empty();
    int number = 0;
    for (X509Certificate certificate : trusted) {
      store.setCertificateEntry("trusted-" + number++, certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return first(factory);
  }

  /** RFC 5280, 6.3: with lists, a certificate that none covers is refused too. */
  private static X509TrustManager manager(Set<X509Certificate> trusted, List<X509CRL> revoked)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate certificate : trusted) {
      anchors.add(new TrustAnchor(certificate, null));
    }
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    parameters.setRevocationEnabled(true);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(revoked)));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return first(factory);
  }

  private static X509TrustManager first(TrustManagerFactory factory) {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new TlsFailed("", KIND, "trustOptions: they hold no trust manager for X.509", null);
  }
}
