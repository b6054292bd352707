package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. inet: 4 or 16 bytes. Nothing here asks a name server. */
record InetCodec() implements TypeCodec<InetAddress> {

  private static final GenericType<InetAddress> JAVA_TYPE = GenericType.of(InetAddress.class);
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  static List<TypeCodec<?>> all() {
    InetCodec base = new InetCodec();
    return List.of(
        base,
        ConvertedCodec.of(
            base,
            String.class,
            InetAddress::getHostAddress,
            InetCodec::parse,
            "it is not the text of an IP address"));
  }

  private static InetAddress parse(String text) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
    if (address == null) {
      throw new BadValue("it is not the text of an IP address; names are not resolved");
    }
    return ofBytes(address);
  }

  @Override
  public DataType cqlType() {
    return PrimitiveType.INET;
  }

  @Override
  public GenericType<InetAddress> javaType() {
    return JAVA_TYPE;
  }

  @Override
  public void encode(InetAddress value, ValueWriter out) {
    out.writeBytes(value.getAddress());
  }

  @Override
  public @Nullable InetAddress decode(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return null;
    }
    if (length != IPV4_BYTES && length != IPV6_BYTES) {
      throw new BadValue("it has %s bytes instead of 4 or 16".formatted(length));
    }
    return ofBytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  private static InetAddress ofBytes(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address of 4 or 16 bytes was refused", impossible);
    }
  }
}
