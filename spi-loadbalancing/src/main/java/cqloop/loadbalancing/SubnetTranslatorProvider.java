package cqloop.loadbalancing;

import cqloop.spi.AddressTranslator;
import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Provides {@code subnet}: one address for all nodes of a subnet, as a proxy in front of each data
 * centre needs it. The smallest subnet that has the node decides; one that is in none is at the
 * default, or where it says.
 */
public final class SubnetTranslatorProvider implements AddressTranslatorProvider {

  @Override
  public String name() {
    return "subnet";
  }

  @Override
  public AddressTranslator create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "subnets", "default");
    Map<Subnet, Target> subnets = new LinkedHashMap<>();
    Target.parseAll("subnets", config.object("subnets", new JsonObject()))
        .forEach((text, target) -> subnets.put(Subnet.parse("subnets", text), target));
    String otherwise = config.text("default", null);
    Target fallback = otherwise == null ? null : Target.parse("default", otherwise);
    return node -> Future.succeededFuture(translate(subnets, fallback, node.address()));
  }

  private static SocketAddress translate(
      Map<Subnet, Target> subnets, @Nullable Target fallback, SocketAddress announced) {
    if (!announced.isInetSocket()) {
      return announced;
    }
    String host = announced.hostAddress() == null ? announced.host() : announced.hostAddress();
    byte[] address = Subnet.bytes(host);
    Target best = fallback;
    int bestBits = -1;
    for (Map.Entry<Subnet, Target> entry : subnets.entrySet()) {
      Subnet subnet = entry.getKey();
      if (address != null && subnet.bits() > bestBits && subnet.contains(address)) {
        best = entry.getValue();
        bestBits = subnet.bits();
      }
    }
    return best == null ? announced : best.of(announced);
  }
}
