package cqloop.testkit.fake;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;

/** Loop-owned. One direction of one proxied connection. */
final class ProxyPipe {
  /** How much is held back before the sender is not read any more. */
  private static final int HIGH_WATER_BYTES = 1 << 20;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private record Chunk(byte[] bytes, long dueNanos) {}

  private final ContextInternal context;
  private final NetSocket source;
  private final NetSocket sink;
  private final Consumer<ProxyFaults.Cut.How> onCut;
  private final ProxyCounter counter;
  private final ArrayDeque<Chunk> queue = new ArrayDeque<>();
  private ProxyFaults faults;
  private long received;
  private long forwarded;
  private int queued;
  private long freeAtNanos = System.nanoTime();
  private boolean silent;
  private boolean sourceEnded;
  private boolean sourcePaused;
  private boolean readingStopped;
  private boolean timerArmed;

  ProxyPipe(
      ContextInternal context,
      NetSocket source,
      NetSocket sink,
      ProxyCounter counter,
      Consumer<ProxyFaults.Cut.How> onCut) {
    this.context = context;
    this.source = source;
    this.sink = sink;
    this.counter = counter;
    this.onCut = onCut;
    this.faults = counter.faults();
  }

  void start() {
    sink.drainHandler(v -> pump());
    source.handler(this::onData);
  }

  void setFaults(ProxyFaults newFaults) {
    faults = newFaults;
    pump();
  }

  void stopReading(boolean stop) {
    readingStopped = stop;
    control();
  }

  void onSourceClosed() {
    sourceEnded = true;
    pump();
  }

  private void onData(Buffer data) {
    byte[] bytes = data.getBytes();
    long flip = faults.corruptAt() - received;
    if (faults.corruptAt() >= 0 && flip >= 0 && flip < bytes.length) {
      bytes[(int) flip] ^= 1;
    }
    received += bytes.length;
    if (faults.flow() == ProxyFaults.Flow.SWALLOWED || silent) {
      counter.swallowed(bytes.length);
      return;
    }
    queue.addLast(new Chunk(bytes, System.nanoTime() + faults.delayMillis() * NANOS_PER_MILLI));
    queued += bytes.length;
    pump();
    control();
  }

  private void pump() {
    while (isOpen() && !timerArmed && !queue.isEmpty() && !sink.writeQueueFull()) {
      Chunk chunk = queue.peekFirst();
      long wait = Math.max(chunk.dueNanos, freeAtNanos) - System.nanoTime();
      if (wait > 0) {
        arm(wait);
        return;
      }
      forward(chunk);
    }
    if (sourceEnded && queue.isEmpty()) {
      // What was written before is delivered before the FIN.
      sink.close();
    }
    control();
  }

  private boolean isOpen() {
    return faults.flow() != ProxyFaults.Flow.STALLED;
  }

  private void forward(Chunk chunk) {
    int length = chunk.bytes.length;
    ProxyFaults.Split split = faults.split();
    if (split != null) {
      length = Math.min(length, split.bytes());
    }
    ProxyFaults.Cut cut = faults.cut();
    if (cut == null || forwarded + length <= cut.offset()) {
      write(chunk, length);
      return;
    }
    write(chunk, (int) Math.max(0, cut.offset() - forwarded));
    silent = true;
    counter.swallowed(queued);
    queue.clear();
    queued = 0;
    onCut.accept(cut.how());
  }

  private void write(Chunk chunk, int length) {
    queue.removeFirst();
    queued -= length;
    if (length < chunk.bytes.length) {
      byte[] rest = Arrays.copyOfRange(chunk.bytes, length, chunk.bytes.length);
      queue.addFirst(new Chunk(rest, chunk.dueNanos));
    }
    if (length == 0) {
      return;
    }
    forwarded += length;
    counter.forwarded(length);
    sink.write(Buffer.buffer(Arrays.copyOf(chunk.bytes, length)));
    ProxyFaults.Split split = faults.split();
    long pause = split == null ? 0 : split.pauseMillis() * NANOS_PER_MILLI;
    if (faults.bytesPerSecond() > 0) {
      pause = Math.max(pause, length * NANOS_PER_SECOND / faults.bytesPerSecond());
    }
    freeAtNanos = System.nanoTime() + pause;
  }

  private void arm(long nanos) {
    timerArmed = true;
    long millis = Math.max(1, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    context.setTimer(
        millis,
        id -> {
          timerArmed = false;
          pump();
        });
  }

  /** Reads from the source, or not: held back bytes are bounded, and reading can be stopped. */
  private void control() {
    boolean pause = readingStopped || queued > HIGH_WATER_BYTES;
    if (pause && !sourcePaused) {
      source.pause();
    } else if (!pause && sourcePaused) {
      source.resume();
    }
    sourcePaused = pause;
  }
}
