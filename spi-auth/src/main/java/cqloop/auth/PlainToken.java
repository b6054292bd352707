package cqloop.auth;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Value. The token of SASL PLAIN: authorization id, NUL, user, NUL, password (RFC 4616). */
final class PlainToken {

  private PlainToken() {}

  /**
   * Returns the token. No copy of the password is left behind but the one in the buffer.
   *
   * @param authorizationId who to act as; empty to act as the user
   * @throws IllegalArgumentException when a part cannot be sent; the message holds no password
   */
  static Buffer of(String authorizationId, Credentials credentials) {
    requireNoNul("authorization id", CharBuffer.wrap(authorizationId));
    requireNoNul("user name", CharBuffer.wrap(credentials.username()));
    requireNoNul("password", CharBuffer.wrap(credentials.password()));
    byte[] actAs = authorizationId.getBytes(StandardCharsets.UTF_8);
    byte[] user = credentials.username().getBytes(StandardCharsets.UTF_8);
    ByteBuffer password = encode(credentials.password());
    try {
      // Sized exactly, because a buffer that grows leaves its old bytes on the heap.
      Buffer token = Buffer.buffer(actAs.length + user.length + password.remaining() + 2);
      token.appendBytes(actAs).appendByte((byte) 0).appendBytes(user).appendByte((byte) 0);
      token.appendBytes(password.array(), 0, password.remaining());
      return token;
    } finally {
      Arrays.fill(password.array(), (byte) 0);
    }
  }

  /** Overwrites what a token holds. */
  static void wipe(Buffer token) {
    for (int i = 0; i < token.length(); i++) {
      token.setByte(i, (byte) 0);
    }
  }

  private static ByteBuffer encode(char[] chars) {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    ByteBuffer bytes = ByteBuffer.allocate((int) (chars.length * (long) encoder.maxBytesPerChar()));
    if (encoder.encode(CharBuffer.wrap(chars), bytes, true).isError()) {
      Arrays.fill(bytes.array(), (byte) 0);
      throw new IllegalArgumentException("The password is not valid Unicode text");
    }
    return bytes.flip();
  }

  /** NUL separates the parts: with one inside, a user could claim to be somebody else. */
  private static void requireNoNul(String what, CharBuffer part) {
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) == 0) {
        throw new IllegalArgumentException("The " + what + " holds a NUL character");
      }
    }
  }
}
