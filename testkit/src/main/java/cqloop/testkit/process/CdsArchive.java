package cqloop.testkit.process;

import cqloop.testkit.ServerLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class-data archive of one server line, which saves a third of a boot. Never required: the
 * first node that finds none dumps one when it stops in an orderly way.
 */
final class CdsArchive {
  // Of 50 MB each; a rebuilt plug-in or an updated JDK makes a new one.
  private static final int KEPT = 3;

  private CdsArchive() {}

  /**
   * How a node uses the archive.
   *
   * @param flags for its command line
   * @param dump what it writes on exit, or null
   */
  record Use(List<String> flags, @Nullable Dump dump) {}

  static Use of(ServerRuntime runtime) {
    if (!runtime.line().atLeast(ServerLine.V5_0)) {
      // The agent that older lines need cannot be archived.
      return new Use(List.of(), null);
    }
    Path archive =
        Cache.folder().resolve(runtime.line() + "-" + Cache.hash(fingerprint(runtime)) + ".jsa");
    if (Files.exists(archive)) {
      return new Use(List.of("-XX:SharedArchiveFile=" + archive), null);
    }
    Dump dump = Dump.claim(archive, runtime.line());
    return dump == null
        ? new Use(List.of(), null)
        : new Use(List.of("-XX:ArchiveClassesAtExit=" + dump.part, "-Xlog:cds=off"), dump);
  }

  /** Whatever the JVM compares before it accepts an archive. */
  private static String fingerprint(ServerRuntime runtime) {
    StringBuilder text = new StringBuilder(runtime.java().version());
    text.append(runtime.java().java());
    Stream.concat(runtime.jars().stream(), Stream.of(runtime.plugin()))
        .forEach(jar -> text.append('\n').append(jar).append(' ').append(stamp(jar)));
    return text.toString();
  }

  private static String stamp(Path jar) {
    try {
      return Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the size of " + jar + " failed.", e);
    }
  }

  /** An archive in the making; one node on the machine at a time holds its lock. */
  static final class Dump {
    private final Path archive;
    private final Path part;
    private final ServerLine line;
    private final FileChannel channel;

    private Dump(Path archive, ServerLine line, FileChannel channel) {
      this.archive = archive;
      this.part = archive.resolveSibling(archive.getFileName() + ".part");
      this.line = line;
      this.channel = channel;
    }

    static @Nullable Dump claim(Path archive, ServerLine line) {
      Path lockFile = archive.resolveSibling(line + ".lock");
      try {
        FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
          lock = channel.tryLock();
        } catch (OverlappingFileLockException takenByThisJvm) {
          // Another node of ours dumps already.
        }
        if (lock == null) {
          channel.close();
          return null;
        }
        Dump dump = new Dump(archive, line, channel);
        Files.deleteIfExists(dump.part);
        return dump;
      } catch (IOException e) {
        throw new UncheckedIOException("Locking " + lockFile + " failed.", e);
      }
    }

    /** Puts the archive in its place if the node has written it, and frees the lock. */
    void finish(boolean orderly) {
      try (channel) {
        if (orderly && Files.exists(part)) {
          Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
          removeOld();
        }
        Files.deleteIfExists(part);
      } catch (IOException e) {
        throw new UncheckedIOException("Keeping the class-data archive " + archive + " failed.", e);
      }
    }

    private void removeOld() throws IOException {
      List<Path> archives;
      try (Stream<Path> files = Files.list(archive.getParent())) {
        archives =
            files
                .filter(file -> file.getFileName().toString().startsWith(line + "-"))
                .filter(file -> file.toString().endsWith(".jsa"))
                .sorted(Comparator.comparing(Dump::modified).reversed())
                .toList();
      }
      for (int i = KEPT; i < archives.size(); i++) {
        Files.deleteIfExists(archives.get(i));
      }
    }

    private static FileTime modified(Path file) {
      try {
        return Files.getLastModifiedTime(file);
      } catch (IOException e) {
        return FileTime.fromMillis(0);
      }
    }
  }
}
