package cqloop.bench.stub;

import cqloop.bench.spi.Statements;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Lz4Bodies;
import cqloop.bench.wire.ResultBodies;

/** Value. The whole frame of every point select, one after the other. */
final class PointAnswers {
  final byte[] bytes;
  private final int[] ends = new int[Statements.KEYS];

  PointAnswers(int version, boolean metadata, boolean compressed) {
    Bytes out = new Bytes();
    for (int key = 0; key < Statements.KEYS; key++) {
      byte[] body = ResultBodies.point(key, metadata);
      int flags = 0;
      if (compressed) {
        body = Lz4Bodies.compress(body);
        flags = Frames.COMPRESSED;
      }
      out.raw(Frames.frame(0x80 | version, flags, 0, Frames.RESULT, body));
      ends[key] = out.size();
    }
    bytes = out.toArray();
  }

  int start(int key) {
    return key == 0 ? 0 : ends[key - 1];
  }

  int end(int key) {
    return ends[key];
  }
}
