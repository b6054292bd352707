package cqloop.testkit.fake;

import java.util.Arrays;

/** Not shared. Bytes that arrived and were not consumed yet. */
final class ByteQueue {
  private byte[] bytes = new byte[256];
  private int start;
  private int end;

  void add(byte[] more) {
    if (bytes.length - end < more.length) {
      int kept = end - start;
      byte[] room = kept + more.length > bytes.length ? new byte[(kept + more.length) * 2] : bytes;
      System.arraycopy(bytes, start, room, 0, kept);
      bytes = room;
      start = 0;
      end = kept;
    }
    System.arraycopy(more, 0, bytes, end, more.length);
    end += more.length;
  }

  int size() {
    return end - start;
  }

  /** The byte at {@code offset} from the front, unsigned; it stays in the queue. */
  int peek(int offset) {
    return bytes[start + offset] & 0xFF;
  }

  /** Four bytes at {@code offset} from the front, big-endian; they stay in the queue. */
  int peekInt(int offset) {
    return peek(offset) << 24 | peek(offset + 1) << 16 | peek(offset + 2) << 8 | peek(offset + 3);
  }

  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
    start += count;
    return taken;
  }

  byte[] takeAll() {
    return take(size());
  }
}
