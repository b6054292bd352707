package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Owned by one test. What every codec must keep to.
 *
 * @param <T> the Java type of the codec
 */
public abstract class TypeCodecTck<T> {

  private static final int HOSTILE_ROUNDS = 20_000;
  private static final byte CANARY = (byte) 0xA5;

  /** Returns the codec. */
  protected abstract TypeCodec<T> codec();

  /** Returns values to try, the extreme ones among them; at least two that differ. */
  protected abstract List<T> samples();

  /** Tells whether two values are the same; to be overridden for arrays and the like. */
  protected boolean same(T one, T other) {
    return Objects.deepEquals(one, other);
  }

  @Test
  public void namesItsTypes() {
    assertThat(codec().cqlType()).isNotNull();
    assertThat(codec().javaType()).isNotNull();
    assertThat(samples()).hasSizeGreaterThanOrEqualTo(2);
    for (T sample : samples()) {
      assertThat(codec().javaType().rawType()).isAssignableFrom(sample.getClass());
    }
  }

  @Test
  public void readsWhatItWrites() {
    for (T sample : samples()) {
      byte[] bytes = encode(codec(), sample);
      T decoded = codec().decode(bytes, 0, bytes.length);
      assertThat(decoded != null && same(sample, decoded))
          .as("%s is read as %s", sample, decoded)
          .isTrue();
    }
  }

  @Test
  public void readsExactlyTheBytesItIsGiven() {
    for (T sample : samples()) {
      byte[] bytes = encode(codec(), sample);
      byte[] page = new byte[bytes.length + 32];
      Arrays.fill(page, CANARY);
      System.arraycopy(bytes, 0, page, 13, bytes.length);
      byte[] before = page.clone();
      T decoded = codec().decode(page, 13, bytes.length);
      assertThat(page).as("the page after it was read").isEqualTo(before);
      // The page belongs to the driver, so a value must not depend on it.
      Arrays.fill(page, (byte) 0);
      assertThat(decoded != null && same(sample, decoded))
          .as("%s is read as %s", sample, decoded)
          .isTrue();
    }
  }

  @Test
  public void writesItsBytesAfterThoseThatAreThere() {
    for (T sample : samples()) {
      ValueWriter out = new ValueWriter(4);
      out.writeInt(0x01020304);
      codec().encode(sample, out);
      byte[] all = out.toByteArray();
      assertThat(Arrays.copyOf(all, 4)).containsExactly(1, 2, 3, 4);
      assertThat(Arrays.copyOfRange(all, 4, all.length)).isEqualTo(encode(codec(), sample));
    }
  }

  @Test
  public void tellsDifferentValuesApart() {
    List<T> samples = samples();
    for (int i = 0; i < samples.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!same(samples.get(i), samples.get(j))) {
          assertThat(encode(codec(), samples.get(i)))
              .as("bytes of %s and %s", samples.get(i), samples.get(j))
              .isNotEqualTo(encode(codec(), samples.get(j)));
        }
      }
    }
  }

  @Test
  public void acceptsItsOwnTypeOnly() {
    for (T sample : samples()) {
      assertThat(codec().accepts(sample)).as("accepts %s", sample).isTrue();
    }
    Object foreign = new Object() {};
    if (!codec().javaType().rawType().isInstance(foreign)) {
      assertThat(codec().accepts(foreign)).isFalse();
    }
  }

  @Test
  public void takesTheEmptyValue() {
    T empty = codec().decode(new byte[8], 3, 0);
    if (empty != null) {
      byte[] bytes = encode(codec(), empty);
      T again = codec().decode(bytes, 0, bytes.length);
      assertThat(again != null && same(empty, again)).as("%s is read as %s", empty, again).isTrue();
    }
  }

  @Test
  public void survivesHostileBytes() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < HOSTILE_ROUNDS; round++) {
      byte[] bytes = hostile(random);
      try {
        T decoded = codec().decode(bytes, 0, bytes.length);
        if (decoded != null) {
          assertThat(codec().accepts(decoded)).isTrue();
        }
      } catch (RuntimeException refused) {
        // What is not allowed is an Error: endless memory, endless recursion.
        assertThat(refused).isNotNull();
      }
    }
  }

  @Test
  public void servesManyThreads() {
    TypeCodec<T> codec = codec();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (T sample : samples()) {
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  byte[] bytes = encode(codec, sample);
                  T decoded = codec.decode(bytes, 0, bytes.length);
                  assertThat(decoded != null && same(sample, decoded)).isTrue();
                }
              }));
    }
    CompletableFuture.allOf(threads.toArray(new CompletableFuture<?>[0])).join();
  }

  /** Half of the rounds are the bytes of a sample with some changed or cut off, half are random. */
  private byte[] hostile(SplittableRandom random) {
    if (random.nextBoolean()) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      return bytes;
    }
    List<T> samples = samples();
    byte[] bytes = encode(codec(), samples.get(random.nextInt(samples.size())));
    byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 2));
    for (int i = random.nextInt(4); i > 0 && cut.length > 0; i--) {
      cut[random.nextInt(cut.length)] = (byte) random.nextInt(256);
    }
    return cut;
  }

  private static <V> byte[] encode(TypeCodec<V> codec, V value) {
    ValueWriter out = new ValueWriter(16);
    codec.encode(value, out);
    return out.toByteArray();
  }
}
