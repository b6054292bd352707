package cqloop.bench.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Value. What the JVM and the kernel know about this process. */
final class ProcessFigures {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ProcessFigures() {}

  /** CPU time of all threads of the process, collector and compiler included. */
  static long cpuNanos() {
    return SYSTEM.getProcessCpuTime();
  }

  /** Bytes allocated so far by all live Java threads. */
  static long allocatedBytes() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  /** Bytes of the heap that are reachable. */
  static long liveHeapBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Names of the live Java threads. */
  static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      names.add(thread.getName() + "#" + thread.getId());
    }
    return names;
  }

  /**
   * Number of established TCP connections of this process to {@code port}; -1 where /proc is
   * absent.
   */
  static int connectionsTo(int port) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return -1;
    }
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
      for (Path file : files) {
        String link = Files.isSymbolicLink(file) ? linkTarget(file) : "";
        if (link.startsWith("socket:[")) {
          inodes.add(link.substring(8, link.length() - 1));
        }
      }
    }
    return count("/proc/self/net/tcp", port, inodes) + count("/proc/self/net/tcp6", port, inodes);
  }

  private static String linkTarget(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      // Closed since the listing, as the descriptor of the listing itself.
      return "";
    }
  }

  private static int count(String table, int port, Set<String> inodes) throws IOException {
    Path path = Path.of(table);
    List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
    String remoteEnd = String.format(Locale.ROOT, ":%04X", port);
    int count = 0;
    for (String line : lines) {
      // Fields: slot, local, remote, state (01 is established), ..., inode (the tenth).
      String[] fields = line.trim().split("\\s+");
      if (fields.length > 9
          && fields[2].endsWith(remoteEnd)
          && fields[3].equals("01")
          && inodes.contains(fields[9])) {
        count++;
      }
    }
    return count;
  }
}
