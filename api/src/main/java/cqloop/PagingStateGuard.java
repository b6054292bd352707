package cqloop;

import cqloop.error.PagingStateRefused;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Value. Lets an application hand a paging state to a browser and take it back. A paging state is
 * the place in a table where reading goes on; whoever can make one up reads where he likes. The
 * guard signs it with a key of the application (HMAC-SHA256), together with the statement, its
 * values and a context such as the user, and refuses what it has not signed, before a node sees it.
 * It does not encrypt: the key of the last row can be read from it.
 */
public final class PagingStateGuard {

  /** Least length of a key in bytes: {@value}. RFC 2104, 3: not below the output of the hash. */
  public static final int MIN_KEY_BYTES = 32;

  /** Longest sealed text that is looked at: {@value} characters. */
  public static final int MAX_CHARS = 64 * 1024;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 32;
  private static final byte FORM = 1;
  private static final int HEAD_BYTES = 1 + Long.BYTES + MAC_BYTES;

  private final SecretKeySpec key;
  private final long maxAgeMillis;
  private final LongSupplier currentTimeMillis;

  private PagingStateGuard(byte[] key, Duration maxAge, LongSupplier currentTimeMillis) {
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "The key has %s bytes; at least %s are needed".formatted(key.length, MIN_KEY_BYTES));
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("The longest age must be above 0");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.maxAgeMillis = maxAge.toMillis();
    this.currentTimeMillis = currentTimeMillis;
  }

  /**
   * Returns a guard. All instances of an application that share the key take each other's states.
   *
   * @param key random bytes, {@value #MIN_KEY_BYTES} or more; copied
   * @param maxAge how long a state is taken back
   * @throws IllegalArgumentException when the key is too short or the age is not above 0
   */
  public static PagingStateGuard of(byte[] key, Duration maxAge) {
    return new PagingStateGuard(key, maxAge, System::currentTimeMillis);
  }

  static PagingStateGuard of(byte[] key, Duration maxAge, LongSupplier currentTimeMillis) {
    return new PagingStateGuard(key, maxAge, currentTimeMillis);
  }

  /**
   * Returns a text for the outside, made of letters, digits, {@code -} and {@code _}.
   *
   * @param statement the one whose result the state is from; settings do not count
   * @param context for whom it is, for example a user; empty for everybody
   * @throws IllegalArgumentException when a value of a simple statement has no bytes of its own;
   *     prepare the statement, whose values have
   */
  public String seal(PagingState state, Statement<?> statement, String context) {
    byte[] bytes = state.toByteArray();
    long now = currentTimeMillis.getAsLong();
    ByteBuffer sealed = ByteBuffer.allocate(HEAD_BYTES + bytes.length);
    sealed.put(FORM).putLong(now).put(mac(now, bytes, statement, context)).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
  }

  /**
   * Returns the state in a text that {@link #seal} gave for the same statement, values and context.
   *
   * @throws PagingStateRefused when it is not that, or too old
   */
  public PagingState open(String sealed, Statement<?> statement, String context) {
    byte[] bytes = decoded(sealed);
    if (bytes.length < HEAD_BYTES || bytes[0] != FORM) {
      throw new PagingStateRefused(false);
    }
    long time = ByteBuffer.wrap(bytes).getLong(1);
    byte[] claimed = Arrays.copyOfRange(bytes, 1 + Long.BYTES, HEAD_BYTES);
    byte[] state = Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
    // Takes the same time wherever they differ.
    if (!MessageDigest.isEqual(claimed, mac(time, state, statement, context))) {
      throw new PagingStateRefused(false);
    }
    if (currentTimeMillis.getAsLong() - time > maxAgeMillis) {
      throw new PagingStateRefused(true);
    }
    return PagingState.of(state);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "PagingStateGuard(" + maxAgeMillis + " ms)";
  }

  private static byte[] decoded(String sealed) {
    if (sealed.length() > MAX_CHARS) {
      throw new PagingStateRefused(false);
    }
    try {
      return Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException notOurs) {
      throw new PagingStateRefused(false);
    }
  }

  private byte[] mac(long time, byte[] state, Statement<?> statement, String context) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      StatementDigest digest = new StatementDigest(mac);
      digest.add(ByteBuffer.allocate(Long.BYTES).putLong(time).array());
      digest.add(state);
      digest.add(context);
      digest.add(statement);
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
