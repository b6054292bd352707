package cqloop.netty.codec;

import cqloop.spi.ValueWriter;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Lends the writer of the thread to one encoding at a time. An encoding within
 * an encoding (a codec of the user may bind a statement) gets a new one, and so does the next one
 * after a failure.
 */
final class Writers {

  private static final int INITIAL_BYTES = 512;

  /** A writer that has grown beyond this is given up, so that no thread keeps a rare giant. */
  private static final int MAX_KEPT_BYTES = 64 * 1024;

  private static final FastThreadLocal<Writers> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected Writers initialValue() {
          return new Writers();
        }
      };

  private @Nullable ValueWriter idle;

  private Writers() {}

  static Writers ofThread() {
    return OF_THREAD.get();
  }

  /** Returns an empty writer, to be given back unless the encoding fails. */
  ValueWriter take() {
    ValueWriter writer = idle;
    idle = null;
    return writer == null ? new ValueWriter(INITIAL_BYTES) : writer;
  }

  /** Returns a copy of what was written, and takes the writer back. */
  byte[] finish(ValueWriter writer) {
    byte[] written = writer.toByteArray();
    if (writer.size() <= MAX_KEPT_BYTES) {
      writer.truncate(0);
      idle = writer;
    }
    return written;
  }
}
