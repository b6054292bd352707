package cqloop.netty.cluster;

import cqloop.metadata.ByteOrderedToken;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.RandomToken;
import cqloop.metadata.Token;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Value. How the cluster makes tokens of partition keys. */
public enum Partitioner {
  MURMUR3("Murmur3Partitioner") {
    @Override
    public Token tokenOf(byte[] bytes, int offset, int length) {
      return new Murmur3Token(Murmur3.token(bytes, offset, length));
    }

    @Override
    public Token parse(String text) {
      return new Murmur3Token(Long.parseLong(text));
    }
  },

  RANDOM("RandomPartitioner") {
    @Override
    public Token tokenOf(byte[] bytes, int offset, int length) {
      MessageDigest md5 = md5();
      md5.update(bytes, offset, length);
      return new RandomToken(new BigInteger(md5.digest()).abs());
    }

    @Override
    public Token parse(String text) {
      return new RandomToken(new BigInteger(text));
    }
  },

  BYTE_ORDERED("ByteOrderedPartitioner") {
    @Override
    public Token tokenOf(byte[] bytes, int offset, int length) {
      return ByteOrderedToken.of(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public Token parse(String text) {
      return ByteOrderedToken.of(HexFormat.of().parseHex(text));
    }
  };

  private final String className;

  Partitioner(String className) {
    this.className = className;
  }

  /** Returns the partitioner whose class the server names, or null for one that is not known. */
  public static @Nullable Partitioner ofClass(String className) {
    for (Partitioner partitioner : values()) {
      if (className.endsWith("." + partitioner.className)) {
        return partitioner;
      }
    }
    return null;
  }

  /** Returns the token of a serialized partition key. */
  public abstract Token tokenOf(byte[] bytes, int offset, int length);

  /**
   * Returns the token that the server writes so.
   *
   * @throws IllegalArgumentException when the text is no token
   */
  public abstract Token parse(String text);

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
