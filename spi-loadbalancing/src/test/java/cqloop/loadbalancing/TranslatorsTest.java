package cqloop.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.spi.AddressTranslator;
import cqloop.testkit.tck.AddressTranslatorTck;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslatorsTest {

  private static final JsonObject MAP =
      new JsonObject()
          .put(
              "addresses",
              new JsonObject()
                  .put("10.0.0.1", "1.2.3.4")
                  .put("10.0.0.1:9043", "1.2.3.5:19043")
                  .put("[fd00::1]:9042", "[fe80::2]:1")
                  .put("Node.Example", "proxy.example:7"));

  private static final JsonObject SUBNETS =
      new JsonObject()
          .put(
              "subnets",
              new JsonObject()
                  .put("10.1.0.0/16", "east.example")
                  .put("10.1.2.3/32", "1.1.1.1:3")
                  .put("10.0.0.0/8", "west.example:9001")
                  .put("fd00::/9", "six.example:6"));

  @Nested
  class Identity extends AddressTranslatorTck {
    @Override
    protected AddressTranslator translator() {
      return new IdentityTranslatorProvider().create(TckContext.create());
    }
  }

  @Nested
  class FixedMap extends AddressTranslatorTck {
    @Override
    protected AddressTranslator translator() {
      return new FixedMapTranslatorProvider().create(TckContext.create(MAP));
    }
  }

  @Nested
  class SubnetMap extends AddressTranslatorTck {
    @Override
    protected AddressTranslator translator() {
      return new SubnetTranslatorProvider().create(TckContext.create(SUBNETS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 9042, 1.2.3.4, 9042",
    "10.0.0.1, 9043, 1.2.3.5, 19043",
    "fd00:0:0:0:0:0:0:1, 9042, fe80:0:0:0:0:0:0:2, 1",
    "fd00::1, 9043, fd00::1, 9043",
    "node.example, 9042, proxy.example, 7",
    "10.0.0.2, 9042, 10.0.0.2, 9042"
  })
  void fixedMapPrefersTheEntryWithThePort(String host, int port, String toHost, int toPort) {
    AddressTranslator translator = new FixedMapTranslatorProvider().create(TckContext.create(MAP));
    assertThat(translate(translator, host, port))
        .isEqualTo(SocketAddress.inetSocketAddress(toPort, toHost));
  }

  @ParameterizedTest
  @CsvSource({
    "10.200.0.1, 9042, west.example, 9001",
    "10.1.9.9, 9042, east.example, 9042",
    "10.1.2.3, 9042, 1.1.1.1, 3",
    "11.0.0.1, 9042, 11.0.0.1, 9042",
    "fd7f::1, 9042, six.example, 6",
    "fd80::1, 9042, fd80::1, 9042",
    "node.example, 9042, node.example, 9042"
  })
  void smallestSubnetDecides(String host, int port, String toHost, int toPort) {
    AddressTranslator translator =
        new SubnetTranslatorProvider().create(TckContext.create(SUBNETS));
    assertThat(translate(translator, host, port))
        .isEqualTo(SocketAddress.inetSocketAddress(toPort, toHost));
  }

  @Test
  void othersAreAtTheDefault() {
    AddressTranslator translator =
        new SubnetTranslatorProvider()
            .create(TckContext.create(SUBNETS.copy().put("default", "rest.example:5")));
    assertThat(translate(translator, "11.0.0.1", 9042))
        .isEqualTo(SocketAddress.inetSocketAddress(5, "rest.example"));
    assertThat(translate(translator, "10.1.2.3", 9042))
        .isEqualTo(SocketAddress.inetSocketAddress(3, "1.1.1.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.1/8",
        "fd00::/129",
        "host.example/8",
        "/8",
        "10.0.0.0/1x",
        "fd00::1/64",
        "10.0.0.0/1234"
      })
  void refusesWhatIsNoSubnet(String text) {
    JsonObject config =
        new JsonObject().put("subnets", new JsonObject().put(text, "proxy.example"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SubnetTranslatorProvider().create(TckContext.create(config)))
        .withMessageStartingWith("'subnets' is '" + text + "'; expected a subnet");
  }

  @Test
  void refusesTargetsThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FixedMapTranslatorProvider()
                    .create(
                        TckContext.create(
                            new JsonObject().put("addresses", new JsonObject().put("a", 5)))))
        .withMessage("'addresses.a' is '5'; expected a host, perhaps with a port");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FixedMapTranslatorProvider().create(TckContext.create()))
        .withMessage("'addresses' is '{}'; expected at least one entry");
  }

  private static SocketAddress translate(AddressTranslator translator, String host, int port) {
    return translator
        .translate(
            new AddressTranslator.Announced(
                SocketAddress.inetSocketAddress(port, host), null, "", ""))
        .result();
  }
}
