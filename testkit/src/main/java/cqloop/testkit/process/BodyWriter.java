package cqloop.testkit.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the notations of native_protocol_v4.spec, section 3, that {@link RawCql} needs. */
final class BodyWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  BodyWriter octet(int value) {
    out.write(value);
    return this;
  }

  BodyWriter unsignedShort(int value) {
    return octet(value >>> 8).octet(value);
  }

  BodyWriter string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    unsignedShort(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** A [bytes]; a [long string] looks the same. */
  BodyWriter bytes(byte[] value) {
    unsignedShort(value.length >>> 16).unsignedShort(value.length);
    out.writeBytes(value);
    return this;
  }

  BodyWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
