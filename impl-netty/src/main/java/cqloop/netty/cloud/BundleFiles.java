package cqloop.netty.cloud;

import cqloop.error.CloudBundleFailed;
import cqloop.error.CloudBundleFailed.Kind;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Value. The files of a bundle that the driver needs. Nothing is written to disk, and no more is
 * unpacked than any honest bundle holds, whatever its directory claims.
 */
final class BundleFiles {

  static final String CONFIG = "config.json";
  static final String AUTHORITY = "ca.crt";
  static final String CERTIFICATE = "cert";
  static final String KEY = "key";

  /** Bundles have some 15 KB; a hundred times that is none. */
  static final int MAX_BYTES = 2 * 1024 * 1024;

  /** Of all entries together, needed or not: a skipped entry costs the same time. */
  static final int MAX_UNPACKED_BYTES = 4 * 1024 * 1024;

  /** Bundles have about ten. */
  static final int MAX_ENTRIES = 100;

  private static final Set<String> NEEDED = Set.of(CONFIG, AUTHORITY, CERTIFICATE, KEY);

  private final String source;
  private final Map<String, Buffer> files = new HashMap<>();
  private int unpacked;

  private BundleFiles(String source) {
    this.source = source;
  }

  /**
   * Unpacks a bundle. For workers: it takes some milliseconds.
   *
   * @param source what to call it in errors
   * @throws CloudBundleFailed when it is none
   */
  static BundleFiles unpack(String source, Buffer zip) {
    if (zip.length() > MAX_BYTES) {
      throw new CloudBundleFailed(
          Kind.TOO_LARGE,
          source,
          "it has %s bytes, the limit is %s; is it a bundle?".formatted(zip.length(), MAX_BYTES),
          null);
    }
    BundleFiles files = new BundleFiles(source);
    try {
      files.read(new ZipInputStream(new ByteArrayInputStream(zip.getBytes())));
    } catch (IOException | IllegalArgumentException e) {
      throw files.damaged(
          "it is not a whole zip file (%s); download it again", String.valueOf(e.getMessage()), e);
    }
    return files;
  }

  /** Returns one of the needed files. */
  Buffer file(String name) {
    Buffer file = files.get(name);
    if (file == null) {
      throw new CloudBundleFailed(
          Kind.INCOMPLETE,
          source,
          "it has no '%s'; it has %s. Download the bundle of the database again"
              .formatted(name, files.keySet().stream().sorted().toList()),
          null);
    }
    return file;
  }

  /** Returns the error for a file that cannot be understood. */
  CloudBundleFailed damaged(String problem, Object detail, Throwable cause) {
    return new CloudBundleFailed(Kind.DAMAGED, source, problem.formatted(detail), cause);
  }

  String source() {
    return source;
  }

  private void read(ZipInputStream zip) throws IOException {
    int entries = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++entries > MAX_ENTRIES) {
        throw new CloudBundleFailed(
            Kind.TOO_LARGE, source, "it has more than " + MAX_ENTRIES + " entries", null);
      }
      Buffer content = content(zip);
      if (NEEDED.contains(entry.getName()) && files.put(entry.getName(), content) != null) {
        throw new IOException("two entries are named '" + entry.getName() + "'");
      }
    }
    if (entries == 0) {
      throw new IOException("it has no entry");
    }
  }

  private Buffer content(ZipInputStream zip) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
      unpacked += read;
      if (unpacked > MAX_UNPACKED_BYTES) {
        throw new CloudBundleFailed(
            Kind.TOO_LARGE,
            source,
            "it unpacks to more than %s bytes; is it a bundle?".formatted(MAX_UNPACKED_BYTES),
            null);
      }
      content.write(chunk, 0, read);
    }
    return Buffer.buffer(content.toByteArray());
  }
}
