package cqloop.testkit.fake;

import org.jspecify.annotations.Nullable;

/** Not shared. Cuts a byte stream into frames, however the bytes are split. */
public final class FrameReader {
  /** The largest body that a server of ours reads; Cassandra's default is the same. */
  public static final int DEFAULT_MAX_BODY_BYTES = 256 * 1024 * 1024;

  private final ByteQueue queue = new ByteQueue();
  private final int maxBodyBytes;

  /** Reads frames of at most {@link #DEFAULT_MAX_BODY_BYTES}. */
  public FrameReader() {
    this(DEFAULT_MAX_BODY_BYTES);
  }

  /** Reads frames of at most {@code maxBodyBytes}. */
  public FrameReader(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Adds bytes that arrived. */
  public void feed(byte[] bytes) {
    queue.add(bytes);
  }

  /**
   * The next whole frame, or null when more bytes are needed.
   *
   * @throws WireFormatException when the length field is negative or beyond the limit
   */
  public @Nullable Frame next() {
    if (queue.size() == 0) {
      return null;
    }
    boolean old = Frame.isOld(queue.peek(0));
    int headerBytes = old ? Frame.OLD_HEADER_BYTES : Frame.HEADER_BYTES;
    if (queue.size() < headerBytes) {
      return null;
    }
    int length = queue.peekInt(headerBytes - 4);
    if (length < 0 || length > maxBodyBytes) {
      throw new WireFormatException(
          "frame body has length " + length + "; expected 0 to " + maxBodyBytes);
    }
    if (queue.size() - headerBytes < length) {
      return null;
    }
    WireReader header = new WireReader(queue.take(headerBytes));
    int version = header.readByte();
    int flags = header.readByte();
    int streamId = old ? (byte) header.readByte() : (short) header.readShort();
    int opcode = header.readByte();
    return new Frame(version, flags, streamId, opcode, queue.take(length));
  }

  /** Whether a part of a frame waits for the rest. */
  public boolean isMidFrame() {
    return queue.size() > 0;
  }

  /** Takes out the bytes that no frame has consumed, for the switch to segments. */
  byte[] drain() {
    return queue.takeAll();
  }
}
