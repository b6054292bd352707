package cqloop.testkit.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file of recorded requests, one JSON object a line. A line is in the file before its request
 * is answered. At most two files of bounded size are kept.
 */
final class RequestLog {
  /** System property: the file. */
  static final String FILE = "cqloop.node.requests";

  // Some 40,000 requests a file.
  private static final long MOST_BYTES = 16 << 20;

  private final Path file;
  private FileChannel channel;

  RequestLog(Path file) {
    this.file = file;
    this.channel = open(file);
  }

  synchronized void append(String json) {
    try {
      if (channel.size() > MOST_BYTES) {
        channel.close();
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".old"),
            StandardCopyOption.REPLACE_EXISTING);
        channel = open(file);
      }
      ByteBuffer line = ByteBuffer.wrap((json + '\n').getBytes(UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Recording a request in " + file + " failed.", e);
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Opening the request log " + file + " failed.", e);
    }
  }
}
