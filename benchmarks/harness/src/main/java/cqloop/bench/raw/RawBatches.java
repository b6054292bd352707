package cqloop.bench.raw;

import cqloop.bench.load.Job;
import cqloop.bench.load.Workload;
import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Lz4Bodies;
import cqloop.bench.wire.ResultBodies;
import cqloop.bench.wire.Segments;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Value. The requests of a job, encoded in advance. Stream id {@code s} carries the keys {@code s *
 * VARIANTS + v}, so that an answer tells from its stream id which keys it may hold.
 */
final class RawBatches {
  /** Different keys per stream id. */
  static final int VARIANTS = Statements.KEYS_PER_REQUEST;

  private static final int CONSISTENCY_ONE = 0x0001;

  private final Target target;
  private final byte[][] preparedIds;
  private final byte[][] metadataIds;

  /** Takes the ids that the server gave to the statements and, in v5, to their result columns. */
  RawBatches(Target target, byte[][] preparedIds, byte[][] metadataIds) {
    this.target = target;
    this.preparedIds = preparedIds;
    this.metadataIds = metadataIds;
  }

  /** One buffer per variant with the requests of stream ids {@code from} to {@code to}. */
  ByteBuffer[] of(Job job, int from, int to) {
    ByteBuffer[] batches = new ByteBuffer[VARIANTS];
    for (int variant = 0; variant < VARIANTS; variant++) {
      List<byte[]> frames = new ArrayList<>();
      for (int stream = from; stream < to; stream++) {
        int key = (stream * VARIANTS + variant) & (Statements.KEYS - 1);
        frames.add(frame(stream, body(job.workload(), key, 0)));
      }
      batches[variant] = direct(frames);
    }
    return batches;
  }

  /** The request for page {@code page} of a stream. */
  ByteBuffer streamPage(int page) {
    return direct(List.of(frame(0, body(Workload.STREAM, 0, page))));
  }

  private byte[] body(Workload workload, int key, int page) {
    int statement = workload.ordinal();
    boolean insert = workload == Workload.INSERT;
    int flags = Frames.WITH_VALUES | (insert ? 0 : Frames.SKIP_METADATA | Frames.WITH_PAGE_SIZE);
    if (page > 0) {
      flags |= Frames.WITH_PAGING_STATE;
    }
    Bytes out = new Bytes().shortBytes(preparedIds[statement]);
    if (target.version() >= 5) {
      out.shortBytes(metadataIds[statement]).u16(CONSISTENCY_ONE).i32(flags);
    } else {
      out.u16(CONSISTENCY_ONE).u8(flags);
    }
    switch (workload) {
      case POINT -> out.u16(1).longCell(key);
      case INSERT -> out.u16(6).raw(ResultBodies.docValues(key));
      case PAGE -> out.u16(1).longCell(Statements.PARTITION);
      case STREAM -> out.u16(2).longCell(Statements.PARTITION).intCell(Workload.STREAM.rows());
    }
    if (!insert) {
      out.i32(Statements.PAGE_ROWS);
    }
    return page > 0 ? out.i32(4).i32(page).toArray() : out.toArray();
  }

  private byte[] frame(int stream, byte[] body) {
    boolean compress = target.lz4() && target.version() == 4;
    byte[] onWire = compress ? Lz4Bodies.compress(body) : body;
    int flags = compress ? Frames.COMPRESSED : 0;
    return Frames.frame(target.version(), flags, stream, Frames.EXECUTE, onWire);
  }

  private ByteBuffer direct(List<byte[]> frames) {
    byte[] bytes;
    if (target.version() >= 5) {
      bytes = Segments.pack(frames, target.lz4());
    } else {
      Bytes out = new Bytes();
      frames.forEach(out::raw);
      bytes = out.toArray();
    }
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
