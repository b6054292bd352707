package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Token;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The owner of a token, in rings of tokens that are spread evenly and in others. */
class TokenRingTest {

  private static final Node NODE =
      new Node(
          0,
          new UUID(1, 0),
          SocketAddress.inetSocketAddress(9042, "10.0.0.1"),
          "dc",
          "rack",
          "5.0.9",
          NodeState.UP);

  static Stream<long[]> rings() {
    Random random = new Random(3);
    return Stream.of(
        new long[] {0},
        new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
        new long[] {-1, 0, 1},
        random.longs(48).toArray(),
        random.longs(5000).toArray(),
        random.longs(100_000).toArray(),
        // All in one place, and one far away.
        LongStream.concat(LongStream.range(-500, 500), LongStream.of(1L << 62)).toArray());
  }

  @ParameterizedTest
  @MethodSource("rings")
  void theOwnerIsTheFirstThatIsNotBelowOrElseTheFirstOfAll(long[] tokens) {
    TreeSet<Long> sorted = new TreeSet<>();
    List<Token> own = new ArrayList<>();
    for (long token : tokens) {
      sorted.add(token);
      own.add(new Murmur3Token(token));
    }
    TokenRing ring = TokenRing.of(Partitioner.MURMUR3, Map.of(NODE, own));

    for (long asked : asked(tokens)) {
      Long found = sorted.ceiling(asked);
      long owner = found == null ? sorted.first() : found;
      assertThat(ring.token(ring.positionOf(asked)))
          .as("token %d", asked)
          .isEqualTo(new Murmur3Token(owner));
    }
  }

  /** Each token and its neighbours, both ends, and some others. */
  private static long[] asked(long[] tokens) {
    LongStream near =
        LongStream.of(tokens).flatMap(token -> LongStream.rangeClosed(-1, 1).map(by -> token + by));
    LongStream ends = LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE);
    return LongStream.concat(LongStream.concat(near, ends), new Random(5).longs(500)).toArray();
  }
}
