package cqloop.netty.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Any thread. Counts the UDP sockets of this process, as Linux tells them. */
final class UdpSockets {

  private static final int INODE = 9; // proc(5), /proc/net/udp.

  private UdpSockets() {}

  static long count() {
    try {
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long read() throws IOException {
    Set<String> open = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        try {
          open.add(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException closed) {
          continue; // Since it was listed.
        }
      }
    }
    long found = 0;
    for (String table : List.of("/proc/self/net/udp", "/proc/self/net/udp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.trim().split(" +");
        if (columns.length > INODE && open.contains("socket:[" + columns[INODE] + "]")) {
          found++;
        }
      }
    }
    return found;
  }
}
