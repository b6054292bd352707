package cqloop.testkit.process;

import cqloop.testkit.ServerUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The loopback addresses {@code 127.BLOCK.0.1 …} and the work folder that belong to this JVM alone.
 *
 * <p>The block is leased by a file lock, which the operating system frees however the JVM ends; the
 * next tenant removes what the last one left.
 */
public final class AddressBlock {
  // Away from 127.0.x.y, which people and other tools use.
  private static final int FIRST_BLOCK = 20;
  private static final int LAST_BLOCK = 219;
  private static final int HOSTS = 250;

  private final int block;
  private final Path runFolder;

  /** Held for the life of the JVM; the lock goes with it. */
  @SuppressWarnings("unused")
  private final FileLock lock;

  private final AtomicInteger used = new AtomicInteger();
  private final AtomicInteger clusters = new AtomicInteger();

  private AddressBlock(int block, Path runFolder, FileLock lock) {
    this.block = block;
    this.runFolder = runFolder;
    this.lock = lock;
  }

  /** The block of this JVM, leased on first use. */
  public static AddressBlock ofThisJvm() {
    return Holder.BLOCK;
  }

  /** An address that this JVM has not handed out before (or long ago). */
  public String nextAddress() {
    int n = used.getAndIncrement();
    return "127." + block + '.' + (n / HOSTS) % HOSTS + '.' + (1 + n % HOSTS);
  }

  /** A new empty folder for a cluster; removed with the JVM at the latest. */
  public Path nextClusterFolder() {
    return Folders.create(runFolder.resolve("cluster-" + clusters.incrementAndGet()));
  }

  /** The folder of this JVM, that holds all its cluster folders. */
  Path runFolder() {
    return runFolder;
  }

  private static AddressBlock lease() {
    if (!System.getProperty("os.name").contains("Linux")) {
      throw new ServerUnavailableException(
          "CassandraCluster needs Linux, for addresses in 127.0.0.0/8 and signals; this is "
              + System.getProperty("os.name")
              + ".");
    }
    Path root =
        Folders.create(
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "cqloop-testkit-" + System.getProperty("user.name")));
    for (int block = FIRST_BLOCK; block <= LAST_BLOCK; block++) {
      FileLock lock = tryLock(root.resolve("block-" + block + ".lock"));
      if (lock != null) {
        Path blockFolder = Folders.create(root.resolve("block-" + block));
        clear(blockFolder);
        // A name of its own: the watchdog of the last tenant may still be removing its folder.
        String run = "run-" + ProcessHandle.current().pid() + '-' + System.nanoTime();
        Path runFolder = Folders.create(blockFolder.resolve(run));
        return new AddressBlock(block, runFolder, lock);
      }
    }
    throw new ServerUnavailableException(
        "All loopback blocks 127."
            + FIRST_BLOCK
            + " to 127."
            + LAST_BLOCK
            + " are leased by living JVMs (lock files in "
            + root
            + ").");
  }

  private static void clear(Path blockFolder) {
    try (Stream<Path> runs = Files.list(blockFolder)) {
      runs.forEach(Leftovers::clear);
    } catch (IOException e) {
      throw new UncheckedIOException("Listing " + blockFolder + " failed.", e);
    }
  }

  private static @Nullable FileLock tryLock(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException takenByAnotherClassLoader) {
        // Same JVM, other copy of this class: not ours.
      }
      if (lock == null) {
        channel.close();
      }
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException("Locking " + file + " failed.", e);
    }
  }

  private static final class Holder {
    static final AddressBlock BLOCK = lease();
  }
}
