package cqloop.netty.tls;

import cqloop.error.TlsFailed;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Value. The bytes behind an option, and what to call them in a message.
 *
 * @param name for messages: the option, and the file where it is one
 * @param kind what a problem with them is
 */
record Source(String name, byte[] bytes, TlsFailed.Kind kind) {

  /** Far more than all authorities of the web; a wrong path may lead to anything. */
  private static final int MAX_BYTES = 4 << 20;

  /** Returns the text, or the content of the file where there is no text; null without both. */
  static @Nullable Source of(
      String option, @Nullable String text, @Nullable String path, TlsFailed.Kind kind) {
    if (text != null) {
      return new Source(option, text.getBytes(StandardCharsets.ISO_8859_1), kind);
    }
    return path == null ? null : read(option + "Path", path, kind);
  }

  /** Returns the bytes, or the content of the file where there are none; null without both. */
  static @Nullable Source of(
      String option, @Nullable Buffer bytes, @Nullable String path, TlsFailed.Kind kind) {
    if (bytes != null) {
      return new Source(option, bytes.getBytes(), kind);
    }
    return path == null ? null : read(option + "Path", path, kind);
  }

  /** Blocks: to be called on a worker. */
  static Source read(String option, String path, TlsFailed.Kind kind) {
    String name = "%s '%s'".formatted(option, path);
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new TlsFailed(
            "", kind, "%s is longer than %s bytes".formatted(name, MAX_BYTES), null);
      }
      return new Source(name, bytes, kind);
    } catch (NoSuchFileException e) {
      throw new TlsFailed("", kind, name + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new TlsFailed("", kind, name + ": the file may not be read by this process", e);
    } catch (IOException | InvalidPathException e) {
      throw new TlsFailed("", kind, name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns the content as text; PEM is ASCII. */
  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the failure that these bytes are the reason of.
   *
   * @param problem never shows the bytes
   */
  TlsFailed failure(String problem, @Nullable Throwable cause) {
    return new TlsFailed("", kind, name + ": " + problem, cause);
  }
}
