package cqloop.netty.session;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import io.vertx.core.net.HostAndPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContactPointOrderTest {

  private static final int SESSIONS = 6000;

  @Test
  void everyOrderIsAsLikelyAsAnother() {
    Random random = new Random(4);
    Map<List<String>, Integer> orders = new HashMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      orders.merge(order(points("a", "b", "c"), random), 1, Integer::sum);
    }
    // Six orders of a thousand each; 150 is five standard deviations.
    assertThat(orders).hasSize(6);
    assertThat(orders.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }

  @Test
  void ordersAreKeptWhereTheOptionsSaySo() {
    CqlOptions options = points("b", "a", "c");
    options.getConnection().setRandomizeContactPoints(false);
    for (int seed = 0; seed < 20; seed++) {
      assertThat(order(options, new Random(seed))).containsExactly("b:9042", "a:9042", "c:9042");
    }
  }

  @Test
  void sameAddressIsOneNode() {
    List<String> order = order(points("a", "b", "a:9042", "a:9043"), new Random(1));
    assertThat(order).containsExactlyInAnyOrder("a:9042", "b:9042", "a:9043");
  }

  private static CqlOptions points(String... points) {
    CqlOptions options = new CqlOptions();
    for (String point : points) {
      options.addContactPoint(point);
    }
    return options;
  }

  private static List<String> order(CqlOptions options, Random random) {
    return ContactOrder.of(options, random).stream().map(HostAndPort::toString).toList();
  }
}
