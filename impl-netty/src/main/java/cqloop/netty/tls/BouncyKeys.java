package cqloop.netty.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Value. The private keys that only Bouncy Castle reads: PKCS#1, SEC1, encryption in the PEM itself
 * and schemes that the JDK lacks. The only class that names it: where it is not on the class path,
 * the first call fails with {@link NoClassDefFoundError}.
 */
final class BouncyKeys {

  /** Value. The key could not be decrypted. */
  static final class WrongPassword extends Exception {
    private static final long serialVersionUID = 1;

    WrongPassword() {
      super("the password is wrong", null, false, false);
    }
  }

  private BouncyKeys() {}

  /** Tells whether a password is needed; names no class of Bouncy Castle. */
  static boolean isEncrypted(String pem) {
    return pem.startsWith("-----BEGIN ENCRYPTED") || pem.contains("Proc-Type: 4,ENCRYPTED");
  }

  /** Returns the key of a PEM block in the form that the JDK takes. */
  static PKCS8EncodedKeySpec read(String pem, char[] password) throws IOException, WrongPassword {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return new PKCS8EncodedKeySpec(info(parser.readObject(), password).getEncoded());
    } catch (PEMException e) {
      // Its cause can be that the password is wrong, or that the bytes are.
      if (isEncrypted(pem)) {
        throw new WrongPassword();
      }
      throw e;
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw new IOException("the structure of the key is broken");
    }
  }

  private static PrivateKeyInfo info(Object read, char[] password)
      throws IOException, WrongPassword {
    if (read instanceof PEMKeyPair pair) {
      return pair.getPrivateKeyInfo();
    }
    if (read instanceof PrivateKeyInfo info) {
      return info;
    }
    BouncyCastleProvider provider = new BouncyCastleProvider();
    if (read instanceof PEMEncryptedKeyPair encrypted) {
      return encrypted
          .decryptKeyPair(
              new JcePEMDecryptorProviderBuilder().setProvider(provider).build(password))
          .getPrivateKeyInfo();
    }
    if (read instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      try {
        return encrypted.decryptPrivateKeyInfo(
            new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider).build(password));
      } catch (PKCSException | OperatorCreationException e) {
        throw new WrongPassword();
      }
    }
    throw new IOException("it is no private key");
  }
}
