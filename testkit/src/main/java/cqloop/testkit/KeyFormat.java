package cqloop.testkit;

/** Value. How a private key is written as PEM. */
public enum KeyFormat {
  /** {@code PRIVATE KEY}: PKCS#8, not encrypted. */
  PKCS8,
  /** {@code ENCRYPTED PRIVATE KEY}: PKCS#8 with PBES2 (PBKDF2 with HMAC-SHA256, AES-256-CBC). */
  PKCS8_PBES2,
  /** {@code ENCRYPTED PRIVATE KEY}: PKCS#8 with PBES1 (MD5 and DES), as old tools wrote it. */
  PKCS8_PBES1,
  /** {@code ENCRYPTED PRIVATE KEY}: PKCS#8 with the scheme of PKCS#12 (SHA-1 and triple DES). */
  PKCS8_PKCS12,
  /** {@code RSA PRIVATE KEY} or {@code EC PRIVATE KEY}: PKCS#1 or SEC1, by the kind of key. */
  TRADITIONAL,
  /** The traditional form, encrypted in the PEM itself with AES-256-CBC. */
  TRADITIONAL_ENCRYPTED
}
