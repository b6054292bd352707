package cqloop.netty.conn;

import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.Features;
import cqloop.netty.message.FrameWriter;
import cqloop.netty.message.Request;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Loop-owned. What one connection writes: requests gather in one buffer, which is flushed at the
 * end of a burst of reads, else at the end of the loop's turn or after the time to gather.
 */
final class Outbox {

  /** What has gathered beyond this is flushed at once, so that the socket's limits are felt. */
  private static final int MAX_GATHERED_BYTES = 256 * 1024;

  private final Deadlines deadlines;
  private final ConnectionHandler handler;
  private final EventLoop loop;
  private final long coalesceNanos;
  private final FrameWriter writer;
  private final Runnable flushLater = this::flushScheduled;
  private boolean reading;
  private boolean flushPlanned;
  private int batch;

  Outbox(
      Deadlines deadlines, ConnectionHandler handler, Features features, ConnectionConfig config) {
    this.deadlines = deadlines;
    this.handler = handler;
    this.loop = handler.context().channel().eventLoop();
    this.coalesceNanos = config.coalesceNanos();
    this.writer = new FrameWriter(handler.context().alloc(), features, config.maxFrameBytes());
  }

  /** Adds a request, to be flushed by {@link #flushSoon}, and returns the bytes of its frame. */
  int append(Request request, int streamId) {
    return writer.append(request, streamId);
  }

  /** Returns the number of the flush that will take what is added now. */
  int batch() {
    return batch;
  }

  /** Returns what turns requests into bytes, to be told what the handshake agrees on. */
  FrameWriter writer() {
    return writer;
  }

  /** Sees to it that what was added goes out. */
  void flushSoon() {
    if (!reading || writer.pendingBytes() > MAX_GATHERED_BYTES) {
      planFlush();
    }
  }

  /** A burst of reads begins: what its answers lead to goes out together. */
  void onRead() {
    reading = true;
  }

  void onReadComplete() {
    reading = false;
    if (!writer.isEmpty() && !flushPlanned) {
      flush();
    }
  }

  /** Drops what has not been flushed. */
  void release() {
    writer.release();
  }

  private void planFlush() {
    if (writer.pendingBytes() > MAX_GATHERED_BYTES) {
      flush();
    } else if (!flushPlanned) {
      flushPlanned = true;
      if (coalesceNanos > 0) {
        loop.schedule(flushLater, coalesceNanos, TimeUnit.NANOSECONDS);
      } else {
        loop.execute(flushLater);
      }
    }
  }

  private void flushScheduled() {
    flushPlanned = false;
    if (!writer.isEmpty()) {
      flush();
    }
  }

  private void flush() {
    batch++;
    deadlines.startOpen();
    handler.write(writer.take());
  }
}
