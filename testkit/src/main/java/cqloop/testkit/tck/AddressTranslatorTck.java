package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.AddressTranslator;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Owned by one test. What every address translator must keep to. */
public abstract class AddressTranslatorTck {

  private static final long LIMIT_SECONDS = 30;

  /** Longest time that a call may take, with room for a slow test machine. */
  private static final long CALL_MILLIS = 500;

  /** Returns the translator. */
  protected abstract AddressTranslator translator();

  /** Returns addresses of the kinds that the translator is for; others are tried anyway. */
  protected List<SocketAddress> announced() {
    return List.of();
  }

  @Test
  public void answersForEveryNodeWithAnAddressToConnectTo() throws Exception {
    for (AddressTranslator.Announced node : nodes()) {
      SocketAddress address = result(translator().translate(node));
      assertThat(address).as("address for %s", node).isNotNull();
      if (address.isInetSocket()) {
        assertThat(address.port()).as("port for %s", node).isBetween(1, 65_535);
        assertThat(address.host()).as("host for %s", node).isNotBlank();
      }
    }
  }

  @Test
  public void saysTheSameEachTime() throws Exception {
    AddressTranslator translator = translator();
    for (AddressTranslator.Announced node : nodes()) {
      SocketAddress first = result(translator.translate(node));
      // Two loops that disagree would open connections to two places.
      assertThat(result(translator.translate(node))).isEqualTo(first);
      assertThat(result(translator().translate(node))).isEqualTo(first);
    }
  }

  @Test
  public void neverBlocksTheCaller() {
    AddressTranslator translator = translator();
    for (AddressTranslator.Announced node : nodes()) {
      long begin = System.nanoTime();
      assertThat(translator.translate(node)).as("future for %s", node).isNotNull();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
          .as("milliseconds that the call for %s took", node)
          .isLessThan(CALL_MILLIS);
    }
  }

  @Test
  public void dependsOnTheNodeOnly() throws Exception {
    AddressTranslator translator = translator();
    List<AddressTranslator.Announced> nodes = nodes();
    SocketAddress first = result(translator.translate(nodes.get(0)));
    for (AddressTranslator.Announced node : nodes) {
      result(translator.translate(node));
    }
    assertThat(result(translator.translate(nodes.get(0)))).isEqualTo(first);
  }

  private List<AddressTranslator.Announced> nodes() {
    List<SocketAddress> addresses = new ArrayList<>(announced());
    addresses.add(SocketAddress.inetSocketAddress(9042, "10.0.0.1"));
    addresses.add(SocketAddress.inetSocketAddress(1, "255.255.255.255"));
    addresses.add(SocketAddress.inetSocketAddress(65_535, "fd00::1"));
    addresses.add(SocketAddress.inetSocketAddress(9042, "node.does-not-exist.invalid"));
    List<AddressTranslator.Announced> nodes = new ArrayList<>();
    for (SocketAddress address : addresses) {
      nodes.add(new AddressTranslator.Announced(address, null, "", ""));
      nodes.add(new AddressTranslator.Announced(address, new UUID(1, 2), "dc1", "r1"));
    }
    return nodes;
  }

  private static SocketAddress result(Future<SocketAddress> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
