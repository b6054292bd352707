package cqloop.netty.row;

import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. The JSON forms of CQL values: numbers, booleans and text as they are; collections, tuples
 * and vectors as arrays; maps and user types as objects; bytes in the Base64 of Vert.x; all else as
 * text.
 */
final class JsonForms {

  // RFC 7493, as JsonObject.getBinary reads it.
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private JsonForms() {}

  static @Nullable Object of(@Nullable Object value) {
    if (value == null
        || value instanceof Boolean
        || value instanceof String
        || value instanceof JsonObject
        || value instanceof JsonArray) {
      return value;
    }
    if (value instanceof Number number) {
      return ofNumber(number);
    }
    if (value instanceof Collection<?> collection) {
      return ofAll(collection);
    }
    if (value instanceof Map<?, ?> map) {
      return ofMap(map);
    }
    if (value instanceof UdtValue udt) {
      return ofUdt(udt);
    }
    if (value instanceof TupleValue tuple) {
      return ofTuple(tuple);
    }
    return ofText(value);
  }

  private static Object ofNumber(Number number) {
    // JSON has no NaN and no infinity.
    boolean finite =
        !(number instanceof Double || number instanceof Float)
            || Double.isFinite(number.doubleValue());
    return finite ? number : number.toString();
  }

  private static String ofText(Object value) {
    if (value instanceof Buffer buffer) {
      return BASE64.encodeToString(buffer.getBytes());
    }
    return value instanceof InetAddress address ? address.getHostAddress() : value.toString();
  }

  private static JsonArray ofAll(Collection<?> values) {
    JsonArray array = new JsonArray();
    for (Object each : values) {
      array.add(of(each));
    }
    return array;
  }

  private static JsonObject ofMap(Map<?, ?> map) {
    JsonObject object = new JsonObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      object.put(String.valueOf(of(entry.getKey())), of(entry.getValue()));
    }
    return object;
  }

  private static JsonObject ofUdt(UdtValue udt) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < udt.size(); i++) {
      object.put(udt.type().fieldNames().get(i), of(udt.get(i)));
    }
    return object;
  }

  private static JsonArray ofTuple(TupleValue tuple) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < tuple.size(); i++) {
      array.add(of(tuple.get(i)));
    }
    return array;
  }
}
