package cqloop.testkit.fake;

import com.datastax.oss.protocol.internal.PrimitiveCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Value. The primitives that the independent native-protocol library asks for. */
final class OraclePrimitives implements PrimitiveCodec<ByteBuf> {
  @Override
  public ByteBuf allocate(int size) {
    return Unpooled.buffer(size);
  }

  @Override
  public void release(ByteBuf buffer) {
    buffer.release();
  }

  @Override
  public int sizeOf(ByteBuf buffer) {
    return buffer.readableBytes();
  }

  @Override
  public ByteBuf concat(ByteBuf left, ByteBuf right) {
    return Unpooled.wrappedBuffer(left, right);
  }

  @Override
  public void markReaderIndex(ByteBuf buffer) {
    buffer.markReaderIndex();
  }

  @Override
  public void resetReaderIndex(ByteBuf buffer) {
    buffer.resetReaderIndex();
  }

  @Override
  public byte readByte(ByteBuf buffer) {
    return buffer.readByte();
  }

  @Override
  public int readInt(ByteBuf buffer) {
    return buffer.readInt();
  }

  @Override
  public int readInt(ByteBuf buffer, int offset) {
    return buffer.getInt(buffer.readerIndex() + offset);
  }

  @Override
  public InetAddress readInetAddr(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readByte()];
    buffer.readBytes(bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public long readLong(ByteBuf buffer) {
    return buffer.readLong();
  }

  @Override
  public int readUnsignedShort(ByteBuf buffer) {
    return buffer.readUnsignedShort();
  }

  @Override
  public ByteBuffer readBytes(ByteBuf buffer) {
    int length = buffer.readInt();
    return length < 0 ? null : ByteBuffer.wrap(take(buffer, length));
  }

  @Override
  public byte[] readShortBytes(ByteBuf buffer) {
    return take(buffer, buffer.readUnsignedShort());
  }

  @Override
  public String readString(ByteBuf buffer) {
    return new String(take(buffer, buffer.readUnsignedShort()), StandardCharsets.UTF_8);
  }

  @Override
  public String readLongString(ByteBuf buffer) {
    return new String(take(buffer, buffer.readInt()), StandardCharsets.UTF_8);
  }

  @Override
  public ByteBuf readRetainedSlice(ByteBuf buffer, int length) {
    return buffer.readRetainedSlice(length);
  }

  @Override
  public void updateCrc(ByteBuf buffer, CRC32 crc) {
    crc.update(buffer.nioBuffer());
  }

  @Override
  public void writeByte(byte value, ByteBuf buffer) {
    buffer.writeByte(value);
  }

  @Override
  public void writeInt(int value, ByteBuf buffer) {
    buffer.writeInt(value);
  }

  @Override
  public void writeInetAddr(InetAddress address, ByteBuf buffer) {
    buffer.writeByte(address.getAddress().length).writeBytes(address.getAddress());
  }

  @Override
  public void writeLong(long value, ByteBuf buffer) {
    buffer.writeLong(value);
  }

  @Override
  public void writeUnsignedShort(int value, ByteBuf buffer) {
    buffer.writeShort(value);
  }

  @Override
  public void writeString(String value, ByteBuf buffer) {
    writeShortBytes(value.getBytes(StandardCharsets.UTF_8), buffer);
  }

  @Override
  public void writeLongString(String value, ByteBuf buffer) {
    writeBytes(value.getBytes(StandardCharsets.UTF_8), buffer);
  }

  @Override
  public void writeBytes(ByteBuffer value, ByteBuf buffer) {
    if (value == null) {
      buffer.writeInt(-1);
    } else {
      buffer.writeInt(value.remaining()).writeBytes(value.duplicate());
    }
  }

  @Override
  public void writeBytes(byte[] value, ByteBuf buffer) {
    writeBytes(value == null ? null : ByteBuffer.wrap(value), buffer);
  }

  @Override
  public void writeShortBytes(byte[] value, ByteBuf buffer) {
    buffer.writeShort(value.length).writeBytes(value);
  }

  private static byte[] take(ByteBuf buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.readBytes(bytes);
    return bytes;
  }
}
