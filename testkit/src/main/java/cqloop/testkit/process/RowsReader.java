package cqloop.testkit.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a RESULT: the cells of its rows. See native_protocol_v4.spec, section 4.2.5.
 */
final class RowsReader {
  private static final int TRACING = 0x02;
  private static final int PAYLOAD = 0x04;
  private static final int WARNING = 0x08;

  private static final int KIND_ROWS = 2;
  private static final int GLOBAL_TABLE = 0x1;
  private static final int MORE_PAGES = 0x2;

  private static final int UUID_BYTES = 16;

  private RowsReader() {}

  /** Skips what the frame flags say comes before the message. */
  static void skipPrelude(int flags, ByteBuffer body) {
    if ((flags & TRACING) != 0) {
      skip(body, UUID_BYTES);
    }
    if ((flags & WARNING) != 0) {
      for (int left = unsignedShort(body); left > 0; left--) {
        string(body);
      }
    }
    if ((flags & PAYLOAD) != 0) {
      for (int left = unsignedShort(body); left > 0; left--) {
        string(body);
        bytes(body);
      }
    }
  }

  static List<List<byte @Nullable []>> read(ByteBuffer body) {
    List<List<byte @Nullable []>> rows = new ArrayList<>();
    if (body.getInt() != KIND_ROWS) {
      return rows;
    }
    int flags = body.getInt();
    int columns = body.getInt();
    if ((flags & MORE_PAGES) != 0) {
      bytes(body);
    }
    skipColumns(body, flags, columns);
    for (int left = body.getInt(); left > 0; left--) {
      List<byte @Nullable []> row = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        row.add(bytes(body));
      }
      rows.add(row);
    }
    return rows;
  }

  static String string(ByteBuffer body) {
    byte[] utf8 = new byte[unsignedShort(body)];
    body.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] bytes(ByteBuffer body) {
    int length = body.getInt();
    if (length < 0) {
      return null;
    }
    byte[] value = new byte[length];
    body.get(value);
    return value;
  }

  private static void skipColumns(ByteBuffer body, int flags, int columns) {
    boolean global = (flags & GLOBAL_TABLE) != 0;
    if (global) {
      string(body);
      string(body);
    }
    for (int column = 0; column < columns; column++) {
      if (!global) {
        string(body);
        string(body);
      }
      string(body);
      skipType(body);
    }
  }

  private static void skipType(ByteBuffer body) {
    int id = unsignedShort(body);
    switch (id) {
      case 0x00 -> string(body);
      case 0x20, 0x22 -> skipType(body);
      case 0x21 -> {
        skipType(body);
        skipType(body);
      }
      case 0x30 -> {
        string(body);
        string(body);
        for (int left = unsignedShort(body); left > 0; left--) {
          string(body);
          skipType(body);
        }
      }
      case 0x31 -> {
        for (int left = unsignedShort(body); left > 0; left--) {
          skipType(body);
        }
      }
      default -> {
        // A simple type is its id alone.
      }
    }
  }

  private static int unsignedShort(ByteBuffer body) {
    return body.getShort() & 0xFFFF;
  }

  private static void skip(ByteBuffer body, int count) {
    body.position(body.position() + count);
  }
}
