package cqloop;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one call. Feeds what a statement is into a MAC: its text, keyspace and values. Each part
 * has its kind and length in front, so that no two statements look alike.
 */
final class StatementDigest {

  private static final byte NULL = 0;
  private static final byte BYTES = 1;
  private static final byte TEXT = 2;
  private static final byte LIST = 3;

  private final Mac mac;

  StatementDigest(Mac mac) {
    this.mac = mac;
  }

  void add(byte[] bytes) {
    part(BYTES, bytes);
  }

  void add(@Nullable String text) {
    if (text == null) {
      mac.update(NULL);
    } else {
      part(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  void add(Statement<?> statement) {
    add(statement.settings().keyspace());
    if (statement instanceof BoundStatement bound) {
      add(bound.prepared().cql());
      add(bound.prepared().keyspace());
      add(bound.encodedValues());
      @Nullable String @Nullable [] longTexts = bound.longTexts();
      if (longTexts != null) {
        for (String text : longTexts) {
          add(text);
        }
      }
    } else if (statement instanceof SimpleStatement simple) {
      add(simple.cql());
      list(simple.values());
      new TreeMap<>(simple.namedValues())
          .forEach(
              (name, value) -> {
                add(name);
                value(value);
              });
    } else {
      throw new IllegalArgumentException("A batch has no pages");
    }
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      mac.update(NULL);
    } else if (value instanceof byte[] bytes) {
      add(bytes);
    } else if (value instanceof Buffer buffer) {
      add(buffer.getBytes());
    } else if (value instanceof Collection<?> list) {
      list(list);
    } else if (value instanceof Map<?, ?> map) {
      list(map.keySet());
      list(map.values());
    } else if (hasText(value)) {
      add(value.toString());
    } else {
      throw new IllegalArgumentException(
          "A value of %s cannot be signed; prepare the statement".formatted(value.getClass()));
    }
  }

  private static boolean hasText(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof Temporal;
  }

  private void list(Collection<?> values) {
    mac.update(LIST);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(values.size()).array());
    values.forEach(this::value);
  }

  private void part(byte kind, byte[] bytes) {
    mac.update(kind);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }
}
