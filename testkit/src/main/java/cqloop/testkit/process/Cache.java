package cqloop.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The folder of files that outlive a build: plug-in jars and class-data archives. */
final class Cache {
  /** System property: the folder, instead of one below the user's cache folder. */
  static final String PROPERTY = "cqloop.testkit.cache";

  private Cache() {}

  /** The folder that is asked for, else the user's cache folder, else a temporary one. */
  static Path folder() {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null) {
      return Folders.create(Path.of(chosen));
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    String user = System.getProperty("user.name");
    Path[] homes = {
      xdg != null && !xdg.isBlank()
          ? Path.of(xdg, "cqloop-testkit")
          : Path.of(System.getProperty("user.home"), ".cache", "cqloop-testkit"),
      Path.of(System.getProperty("java.io.tmpdir"), "cqloop-testkit-" + user, "cache")
    };
    for (Path home : homes) {
      if (isUsable(home)) {
        return home;
      }
    }
    throw new IllegalStateException(
        "None of " + List.of(homes) + " can be written. Name a folder in -D" + PROPERTY + ".");
  }

  private static boolean isUsable(Path folder) {
    try {
      return Files.isWritable(Files.createDirectories(folder));
    } catch (IOException readOnlyHome) {
      return false;
    }
  }

  /** A file with this content, named by its hash; written once, so its time stamp never changes. */
  static Path file(String name, String suffix, InputStream content) {
    try {
      byte[] bytes = content.readAllBytes();
      Path file = folder().resolve(name + '-' + hash(bytes) + suffix);
      if (!Files.exists(file)) {
        Path part = Files.createTempFile(folder(), name, ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Writing " + name + " to the cache folder failed.", e);
    }
  }

  static String hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      // 64 bits tell the few files of one cache folder apart.
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
