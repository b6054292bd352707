package cqloop.testkit.fake;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. Turns Java values into the bytes of a cell; native_protocol_v5.spec §6. A byte array or a
 * buffer is taken as the bytes themselves for every type, so that a test can forge a value.
 */
final class ValueEncoder {
  // native_protocol_v5.spec §6.5: the epoch lies in the middle of the unsigned range.
  private static final int DATE_EPOCH = 0x80000000;

  private ValueEncoder() {}

  static byte @Nullable [] encode(WireType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] raw) {
      return raw.clone();
    }
    if (value instanceof Buffer raw) {
      return raw.getBytes();
    }
    WireWriter out = new WireWriter();
    if (value instanceof Collection<?> collection) {
      writeCollection(out, type, collection);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(out, type, map);
    } else if (value instanceof Number number) {
      writeNumber(out, type, number);
    } else {
      writeScalar(out, type, value);
    }
    return out.toBytes();
  }

  private static void writeCollection(WireWriter out, WireType type, Collection<?> values) {
    List<WireType> types = type.parameters();
    switch (type.id()) {
      case WireType.ID_LIST, WireType.ID_SET -> {
        out.writeInt(values.size());
        values.forEach(value -> out.writeBytes(encode(types.get(0), value)));
      }
      case WireType.ID_TUPLE, WireType.ID_UDT -> {
        int field = 0;
        for (Object value : values) {
          out.writeBytes(encode(types.get(field++), value));
        }
      }
      default -> throw mismatch(type, values);
    }
  }

  private static void writeMap(WireWriter out, WireType type, Map<?, ?> values) {
    if (type.id() != WireType.ID_MAP) {
      throw mismatch(type, values);
    }
    out.writeInt(values.size());
    values.forEach(
        (key, value) ->
            out.writeBytes(encode(type.parameters().get(0), key))
                .writeBytes(encode(type.parameters().get(1), value)));
  }

  private static void writeNumber(WireWriter out, WireType type, Number value) {
    switch (type.id()) {
      case 0x02, 0x05, 0x0B, 0x12 -> out.writeLong(value.longValue());
      case 0x09, 0x11 -> out.writeInt(value.intValue());
      case 0x13 -> out.writeShort(value.intValue());
      case 0x14 -> out.writeByte(value.intValue());
      case 0x07 -> out.writeLong(Double.doubleToRawLongBits(value.doubleValue()));
      case 0x08 -> out.writeInt(Float.floatToRawIntBits(value.floatValue()));
      case 0x0E -> out.writeRaw(new BigInteger(value.toString()).toByteArray());
      case 0x06 -> {
        BigDecimal decimal = new BigDecimal(value.toString());
        out.writeInt(decimal.scale()).writeRaw(decimal.unscaledValue().toByteArray());
      }
      default -> throw mismatch(type, value);
    }
  }

  private static void writeScalar(WireWriter out, WireType type, Object value) {
    if (value instanceof String text) {
      out.writeRaw(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Boolean flag) {
      out.writeByte(flag ? 1 : 0);
    } else if (value instanceof UUID uuid) {
      out.writeUuid(uuid);
    } else if (value instanceof InetAddress address) {
      out.writeRaw(address.getAddress());
    } else if (value instanceof Instant instant) {
      out.writeLong(instant.toEpochMilli());
    } else if (value instanceof LocalDate date) {
      out.writeInt((int) date.toEpochDay() + DATE_EPOCH);
    } else if (value instanceof LocalTime time) {
      out.writeLong(time.toNanoOfDay());
    } else if (value instanceof float[] vector) {
      for (float element : vector) {
        out.writeInt(Float.floatToRawIntBits(element));
      }
    } else {
      throw mismatch(type, value);
    }
  }

  private static IllegalArgumentException mismatch(WireType type, Object value) {
    return new IllegalArgumentException(
        "cannot write a "
            + value.getClass().getName()
            + " as "
            + type
            + "; pass the bytes instead");
  }
}
