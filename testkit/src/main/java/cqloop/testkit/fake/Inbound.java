package cqloop.testkit.fake;

import org.jspecify.annotations.Nullable;

/** Not shared. Turns arriving bytes into frames, with segments around them or without. */
final class Inbound {
  private final FrameReader frames = new FrameReader();
  private @Nullable SegmentReader segments;
  private boolean selfContained;

  void feed(byte[] bytes) {
    if (segments == null) {
      frames.feed(bytes);
    } else {
      segments.feed(bytes);
    }
  }

  /** The next whole frame, or null when more bytes are needed. */
  @Nullable Frame next() {
    if (segments == null) {
      return frames.next();
    }
    while (true) {
      Frame frame = frames.next();
      if (frame != null) {
        return frame;
      }
      if (selfContained && frames.isMidFrame()) {
        throw new WireFormatException("a self-contained segment ends in the middle of a frame");
      }
      SegmentReader.Segment segment = segments.next();
      if (segment == null) {
        return null;
      }
      if (segment.selfContained() && frames.isMidFrame()) {
        throw new WireFormatException("a self-contained segment interrupts a frame in parts");
      }
      selfContained = segment.selfContained();
      frames.feed(segment.payload());
    }
  }

  boolean inSegments() {
    return segments != null;
  }

  /** What arrived after the last plain frame already belongs to segments. */
  void switchToSegments(boolean lz4) {
    SegmentReader reader = new SegmentReader(lz4);
    reader.feed(frames.drain());
    segments = reader;
  }
}
