package cqloop.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Value. How often this process has called the system to read and to write, as Linux counts it. */
record SystemCalls(long reads, long writes) {

  static final SystemCalls NONE = new SystemCalls(0, 0);

  private static final Path COUNTERS = Path.of("/proc/self/io"); // proc(5)

  /** Returns the counts so far, {@link #NONE} where nobody counts. */
  static SystemCalls now() {
    try {
      long reads = 0;
      long writes = 0;
      for (String line : Files.readAllLines(COUNTERS)) {
        if (line.startsWith("syscr: ")) {
          reads = number(line);
        } else if (line.startsWith("syscw: ")) {
          writes = number(line);
        }
      }
      return new SystemCalls(reads, writes);
    } catch (IOException notThere) {
      return NONE;
    }
  }

  SystemCalls since(SystemCalls before) {
    return new SystemCalls(reads - before.reads, writes - before.writes);
  }

  String per(int requests) {
    return "%.2f reads and %.2f writes of the system"
        .formatted((double) reads / requests, (double) writes / requests);
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }
}
