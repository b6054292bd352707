package cqloop.bench.raw;

import cqloop.bench.load.Job;
import cqloop.bench.load.Load;
import cqloop.bench.load.Tally;
import cqloop.bench.load.Workload;
import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import cqloop.bench.wire.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The floor: one thread, one blocking socket, requests encoded in advance and written in batches,
 * answers counted by their headers. What any client must at least pay for the system calls and the
 * copies of this machine.
 */
public class RawLoad implements Load {
  private final @Nullable RawDecoder decoder;
  private final Map<Job, ByteBuffer[][]> batches = new HashMap<>();
  private ByteBuffer @Nullable [] streamPages;
  private RawConnection connection;
  private RawBatches encoder;

  /** Counts answers only. */
  public RawLoad() {
    this(null);
  }

  /** Decodes and checks every answer if there is a decoder. */
  @SuppressWarnings("NullAway.Init") // Set in connect.
  RawLoad(@Nullable RawDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void prepareWorld(Target target) {
    // A thread and a socket are all the world it needs.
  }

  @Override
  public void connect(Target target) throws Exception {
    connection = new RawConnection(target, decoder != null);
    byte[][] ids = new byte[Statements.ALL.size()][];
    byte[][] metadataIds = new byte[ids.length][];
    for (int i = 0; i < ids.length; i++) {
      RawConnection.Prepared prepared = connection.prepare(Statements.ALL.get(i));
      ids[i] = prepared.id();
      metadataIds[i] = prepared.metadataId();
    }
    encoder = new RawBatches(target, ids, metadataIds);
  }

  @Override
  public Tally run(Job job) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(job.millis());
    Tally tally = new Tally();
    if (job.workload() == Workload.STREAM) {
      do {
        long start = System.nanoTime();
        stream();
        tally.record(System.nanoTime() - start, 1);
      } while (System.nanoTime() < deadline);
    } else if (job.inFlight() == 1) {
      oneByOne(job, deadline, tally);
    } else {
      inHalves(job, deadline, tally);
    }
    return tally;
  }

  private void oneByOne(Job job, long deadline, Tally tally) throws IOException {
    ByteBuffer[] requests =
        batches.computeIfAbsent(key(job), id -> new ByteBuffer[][] {encoder.of(job, 0, 1)})[0];
    long now = System.nanoTime();
    for (int i = 0; now < deadline || i == 0; i++) {
      connection.socket.write(requests[i % requests.length].clear());
      receive(job.workload(), 1);
      long end = System.nanoTime();
      tally.record(end - now, 1);
      now = end;
    }
  }

  /** While the answers to one half of the requests are read, the other half is with the server. */
  private void inHalves(Job job, long deadline, Tally tally) throws IOException {
    int half = job.inFlight() / 2;
    ByteBuffer[][] halves =
        batches.computeIfAbsent(
            key(job),
            id ->
                new ByteBuffer[][] {
                  encoder.of(job, 0, half), encoder.of(job, half, job.inFlight())
                });
    int[] sizes = {half, job.inFlight() - half};
    long[] sent = {System.nanoTime(), System.nanoTime()};
    connection.socket.write(halves[0][0].clear());
    connection.socket.write(halves[1][0].clear());
    long now = sent[0];
    for (int i = 0; now < deadline; i++) {
      int side = i & 1;
      receive(job.workload(), sizes[side]);
      now = System.nanoTime();
      tally.record(now - sent[side], sizes[side]);
      sent[side] = now;
      connection.socket.write(halves[side][(i / 2 + 1) % RawBatches.VARIANTS].clear());
    }
    receive(job.workload(), job.inFlight());
    tally.record(System.nanoTime() - now, job.inFlight());
  }

  private void stream() throws IOException {
    ByteBuffer[] requests = streamPages;
    if (requests == null) {
      requests = new ByteBuffer[Statements.STREAM_PAGES];
      for (int page = 0; page < requests.length; page++) {
        requests[page] = encoder.streamPage(page);
      }
      streamPages = requests;
    }
    for (ByteBuffer request : requests) {
      connection.socket.write(request.clear());
      receive(Workload.STREAM, 1);
    }
  }

  private void receive(Workload workload, int count) throws IOException {
    RawInput input = connection.input;
    for (int i = 0; i < count; i++) {
      int at = input.next();
      byte[] frames = input.array();
      if (decoder == null) {
        connection.expect(at, Frames.RESULT);
      } else if (!decode(decoder, workload, frames, at)) {
        throw new IOException("a value read is not the one expected: " + workload);
      }
    }
  }

  private static boolean decode(RawDecoder decoder, Workload workload, byte[] frames, int at)
      throws IOException {
    return switch (workload) {
      case POINT -> {
        int stream = (frames[at + 2] & 0xFF) << 8 | frames[at + 3] & 0xFF;
        yield decoder.point(frames, at, stream);
      }
      case INSERT -> decoder.insert(frames, at);
      case PAGE, STREAM -> decoder.page(frames, at);
    };
  }

  private static Job key(Job job) {
    return new Job(job.workload(), job.inFlight(), 0);
  }

  @Override
  public void close() throws Exception {
    connection.close();
  }
}
