package cqloop.netty.message;

import cqloop.Consistency;
import cqloop.ProtocolVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random values for messages; a seed repeats them. */
final class Gen {

  private static final String[] TEXTS = {
    "", "a", "Zeile", "größe", "日本", "😀", "\u0000", "SELECT * FROM \"T\" WHERE k = ?"
  };

  final Random random;

  Gen(long seed) {
    random = new Random(seed);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Small, large, negative and extreme numbers alike. */
  int anyInt() {
    return switch (below(4)) {
      case 0 -> below(10);
      case 1 -> Integer.MIN_VALUE + 1;
      case 2 -> Integer.MAX_VALUE;
      default -> random.nextInt();
    };
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = below(4); i >= 0; i--) {
      text.append(TEXTS[below(TEXTS.length)]);
    }
    return text.toString();
  }

  byte[] bytes(int max) {
    byte[] bytes = new byte[below(max + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  ByteBuffer buffer(int max) {
    return ByteBuffer.wrap(bytes(max));
  }

  <T> T orNull(T value) {
    return coin() ? value : null;
  }

  <T> List<T> list(int max, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = below(max + 1); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  List<String> texts(int max) {
    return list(max, this::text);
  }

  Consistency consistency() {
    return Consistency.values()[below(Consistency.values().length)];
  }

  int streamId() {
    return below(0x8000);
  }

  InetAddress address() {
    byte[] bytes = new byte[coin() ? 4 : 16];
    random.nextBytes(bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address(), below(0x10000));
  }

  static boolean hasKeyspace(ProtocolVersion version) {
    return version.hasSegments() || version == ProtocolVersion.DSE_V2;
  }
}
