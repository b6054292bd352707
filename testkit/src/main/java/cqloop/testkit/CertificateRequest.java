package cqloop.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Value. What a test certificate shall say; copies through the {@code with} methods. */
public final class CertificateRequest {
  /** Value. The kind of the key. */
  public enum KeyKind {
    EC,
    RSA
  }

  /** Value. What the certificate may be used for. */
  public enum Usage {
    SERVER,
    CLIENT,
    /** For both: a node that is also a client, of other nodes or of a probe. */
    NODE
  }

  /**
   * Value. The time of validity, counted from the moment of issue; both may be negative.
   *
   * @param from when it begins
   * @param until when it ends
   */
  public record Validity(Duration from, Duration until) {}

  private static final Validity NOW = new Validity(Duration.ofDays(-1), Duration.ofDays(365));

  private final String commonName;
  private final Usage usage;
  private final KeyKind keyKind;
  private final Validity validity;
  private final List<String> names;

  private CertificateRequest(
      String commonName, Usage usage, KeyKind keyKind, Validity validity, List<String> names) {
    this.commonName = commonName;
    this.usage = usage;
    this.keyKind = keyKind;
    this.validity = validity;
    this.names = List.copyOf(names);
  }

  /** A server with these subject alternative names: addresses or host names. */
  public static CertificateRequest server(String... names) {
    return new CertificateRequest("server", Usage.SERVER, KeyKind.EC, NOW, List.of(names));
  }

  /** A server with these names that may also be a client, as nodes of a cluster are. */
  public static CertificateRequest node(String... names) {
    return new CertificateRequest("node", Usage.NODE, KeyKind.EC, NOW, List.of(names));
  }

  /** A client with this common name. */
  public static CertificateRequest client(String commonName) {
    return new CertificateRequest(commonName, Usage.CLIENT, KeyKind.EC, NOW, List.of());
  }

  /** A copy with another common name. */
  public CertificateRequest withCommonName(String newName) {
    return new CertificateRequest(newName, usage, keyKind, validity, names);
  }

  /** A copy with another subject alternative name in addition: an address, a host or a URI. */
  public CertificateRequest withName(String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new CertificateRequest(commonName, usage, keyKind, validity, more);
  }

  /** A copy with an RSA key of 2048 bits instead of an elliptic curve. */
  public CertificateRequest withRsaKey() {
    return new CertificateRequest(commonName, usage, KeyKind.RSA, validity, names);
  }

  /** A copy that ended yesterday. */
  public CertificateRequest expired() {
    return withValidity(new Validity(Duration.ofDays(-30), Duration.ofDays(-1)));
  }

  /** A copy that begins tomorrow. */
  public CertificateRequest notYetValid() {
    return withValidity(new Validity(Duration.ofDays(1), Duration.ofDays(30)));
  }

  /** A copy with another time of validity. */
  public CertificateRequest withValidity(Validity newValidity) {
    return new CertificateRequest(commonName, usage, keyKind, newValidity, names);
  }

  String commonName() {
    return commonName;
  }

  Usage usage() {
    return usage;
  }

  KeyKind keyKind() {
    return keyKind;
  }

  Validity validity() {
    return validity;
  }

  List<String> names() {
    return names;
  }

  @Override
  public String toString() {
    return usage + " '" + commonName + "' " + names + ", " + keyKind + " key, " + validity;
  }
}
