package cqloop.netty.message;

import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Lets the codecs of native-protocol work on heap buffers; uses nothing of ours. */
public final class OraclePrimitives implements PrimitiveCodec<ByteBuf> {

  @Override
  public ByteBuf allocate(int size) {
    return Unpooled.buffer(size);
  }

  @Override
  public void release(ByteBuf buffer) {
    // Heap buffers without a pool are left to the garbage collector.
  }

  @Override
  public int sizeOf(ByteBuf buffer) {
    return buffer.readableBytes();
  }

  @Override
  public ByteBuf concat(ByteBuf left, ByteBuf right) {
    return Unpooled.buffer().writeBytes(left).writeBytes(right);
  }

  @Override
  public void markReaderIndex(ByteBuf source) {
    source.markReaderIndex();
  }

  @Override
  public void resetReaderIndex(ByteBuf source) {
    source.resetReaderIndex();
  }

  @Override
  public byte readByte(ByteBuf source) {
    return source.readByte();
  }

  @Override
  public int readInt(ByteBuf source) {
    return source.readInt();
  }

  @Override
  public int readInt(ByteBuf source, int offset) {
    return source.getInt(source.readerIndex() + offset);
  }

  @Override
  public InetAddress readInetAddr(ByteBuf source) {
    byte[] address = new byte[source.readByte()];
    source.readBytes(address);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long readLong(ByteBuf source) {
    return source.readLong();
  }

  @Override
  public int readUnsignedShort(ByteBuf source) {
    return source.readUnsignedShort();
  }

  @Override
  public ByteBuffer readBytes(ByteBuf source) {
    int length = source.readInt();
    return length < 0 ? null : ByteBuffer.wrap(array(source, length));
  }

  @Override
  public byte[] readShortBytes(ByteBuf source) {
    return array(source, source.readUnsignedShort());
  }

  @Override
  public String readString(ByteBuf source) {
    return new String(array(source, source.readUnsignedShort()), StandardCharsets.UTF_8);
  }

  @Override
  public String readLongString(ByteBuf source) {
    return new String(array(source, source.readInt()), StandardCharsets.UTF_8);
  }

  @Override
  public ByteBuf readRetainedSlice(ByteBuf source, int length) {
    return source.readRetainedSlice(length);
  }

  @Override
  public void updateCrc(ByteBuf source, CRC32 crc) {
    crc.update(source.nioBuffer());
  }

  @Override
  public void writeByte(byte b, ByteBuf out) {
    out.writeByte(b);
  }

  @Override
  public void writeInt(int i, ByteBuf out) {
    out.writeInt(i);
  }

  @Override
  public void writeInetAddr(InetAddress address, ByteBuf out) {
    out.writeByte(address.getAddress().length).writeBytes(address.getAddress());
  }

  @Override
  public void writeLong(long l, ByteBuf out) {
    out.writeLong(l);
  }

  @Override
  public void writeUnsignedShort(int i, ByteBuf out) {
    out.writeShort(i);
  }

  @Override
  public void writeString(String s, ByteBuf out) {
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length).writeBytes(bytes);
  }

  @Override
  public void writeLongString(String s, ByteBuf out) {
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length).writeBytes(bytes);
  }

  @Override
  public void writeBytes(ByteBuffer bytes, ByteBuf out) {
    if (bytes == null) {
      out.writeInt(-1);
    } else if (bytes == ProtocolConstants.UNSET_VALUE) {
      out.writeInt(-2);
    } else {
      out.writeInt(bytes.remaining()).writeBytes(bytes.duplicate());
    }
  }

  @Override
  public void writeBytes(byte[] bytes, ByteBuf out) {
    writeBytes(bytes == null ? null : ByteBuffer.wrap(bytes), out);
  }

  @Override
  public void writeShortBytes(byte[] bytes, ByteBuf out) {
    out.writeShort(bytes.length).writeBytes(bytes);
  }

  private static byte[] array(ByteBuf source, int length) {
    byte[] bytes = new byte[length];
    source.readBytes(bytes);
    return bytes;
  }
}
