package cqloop.bench.stub;

import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. All answers of one protocol version and compression, made when the first connection
 * asks.
 */
final class Encodings {
  final PageAnswers pages;
  final byte[] voidFrame;
  private final int version;
  private final boolean compressedBodies;
  private @Nullable PointAnswers points;
  private @Nullable PointAnswers describedPoints;

  Encodings(int version, boolean lz4) {
    this.version = version;
    compressedBodies = version == 4 && lz4;
    pages = new PageAnswers(version, lz4);
    byte[] body = new Bytes().i32(Frames.VOID).toArray();
    voidFrame = Frames.frame(0x80 | version, 0, 0, Frames.RESULT, body);
  }

  /** Point answers with or without a description of their columns. */
  PointAnswers points(boolean metadata) {
    PointAnswers answers = metadata ? describedPoints : points;
    if (answers == null) {
      answers = new PointAnswers(version, metadata, compressedBodies);
      if (metadata) {
        describedPoints = answers;
      } else {
        points = answers;
      }
    }
    return answers;
  }
}
