package cqloop.netty.tls;

import cqloop.error.TlsFailed;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Value. Reads private keys from PEM: PKCS#8, plain or encrypted, with the JDK; what the JDK does
 * not know with Bouncy Castle.
 */
final class PrivateKeys {

  private static final String PBES2 = "1.2.840.113549.1.5.13"; // RFC 8018, A.4

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private static final byte[] SAMPLE = {1, 2, 3, 4};

  private PrivateKeys() {}

  /** Returns the first private key in PEM text. */
  static PrivateKey read(Source source, @Nullable String password) {
    List<Pem.Block> blocks = Pem.blocks(source);
    for (Pem.Block block : blocks) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return read(source, block, password);
      }
    }
    throw source.failure("there is no PRIVATE KEY in it, only " + blocks, null);
  }

  private static PrivateKey read(Source source, Pem.Block block, @Nullable String password) {
    try {
      return switch (block.label()) {
        case "PRIVATE KEY" -> ofSpec(source, new PKCS8EncodedKeySpec(block.bytes()));
        case "ENCRYPTED PRIVATE KEY" -> decrypt(source, block, password);
        default -> ofBouncyCastle(source, block, password, "it is written as " + block.label());
      };
    } catch (IllegalArgumentException e) {
      throw source.failure("the private key is damaged, it is not Base64", null);
    }
  }

  private static PrivateKey decrypt(Source source, Pem.Block block, @Nullable String password) {
    char[] secret = needed(source, password);
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(block.bytes());
      AlgorithmParameters parameters = info.getAlgParameters();
      // The JDK names what PBES2 is made of in the text of its parameters only.
      boolean compound = info.getAlgName().equals("PBES2") || info.getAlgName().equals(PBES2);
      String algorithm = compound && parameters != null ? parameters.toString() : info.getAlgName();
      PBEKeySpec spec = new PBEKeySpec(secret);
      SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
      spec.clearPassword();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, parameters);
      return ofSpec(source, info.getKeySpec(cipher));
    } catch (NoSuchAlgorithmException e) {
      return ofBouncyCastle(source, block, password, "the JDK does not know its encryption");
    } catch (IOException e) {
      // Parameters that the JDK cannot read may be those of a scheme that it does not have.
      return ofBouncyCastle(source, block, password, "the JDK cannot read its encryption");
    } catch (GeneralSecurityException e) {
      throw wrongPassword(source);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static PrivateKey ofBouncyCastle(
      Source source, Pem.Block block, @Nullable String password, String reason) {
    try {
      if (BouncyKeys.isEncrypted(block.text())) {
        char[] secret = needed(source, password);
        try {
          return ofSpec(source, BouncyKeys.read(block.text(), secret));
        } finally {
          Arrays.fill(secret, '\0');
        }
      }
      return ofSpec(source, BouncyKeys.read(block.text(), new char[0]));
    } catch (BouncyKeys.WrongPassword e) {
      throw wrongPassword(source);
    } catch (IOException e) {
      throw source.failure("the private key is damaged", e);
    } catch (NoClassDefFoundError e) {
      throw source.failure(
          reason
              + ", which needs org.bouncycastle:bcpkix-jdk18on on the class path; add it, or"
              + " convert the key with 'openssl pkcs8 -topk8 -v2 aes256'",
          e);
    }
  }

  private static PrivateKey ofSpec(Source source, KeySpec spec) {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        continue; // A key of another algorithm.
      } catch (NoSuchAlgorithmException e) {
        throw new LinkageError("every JVM has " + algorithm, e);
      }
    }
    // The exceptions of the JDK are not kept: they can quote the key.
    throw source.failure(
        "the private key is damaged, or of another algorithm than " + ALGORITHMS, null);
  }

  /** Checks that the key is that of the certificate, which no handshake would explain. */
  static void checkFits(Source source, PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature = Signature.getInstance(signatureOf(key));
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(SAMPLE);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      // Keys of different algorithms end here; the exception could quote them.
      throw doesNotFit(source, certificate);
    }
    throw doesNotFit(source, certificate);
  }

  private static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static TlsFailed doesNotFit(Source source, X509Certificate certificate) {
    return source.failure(
        "the key is not that of the first certificate of the chain, "
            + Words.subject(certificate)
            + "; the chain must begin with our own certificate",
        null);
  }

  private static char[] needed(Source source, @Nullable String password) {
    if (password == null) {
      throw source.failure("the private key is encrypted; set privateKeyPassword", null);
    }
    return password.toCharArray();
  }

  private static TlsFailed wrongPassword(Source source) {
    return source.failure(
        "the private key could not be decrypted; is privateKeyPassword right?", null);
  }
}
