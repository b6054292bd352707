package cqloop.loadbalancing;

import cqloop.spi.AddressTranslator;
import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Provides {@code fixed-map}: looks up each node in a table. A node with its port is looked for
 * first, then without; one that is in neither way there is where it says.
 */
public final class FixedMapTranslatorProvider implements AddressTranslatorProvider {

  @Override
  public String name() {
    return "fixed-map";
  }

  @Override
  public AddressTranslator create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "addresses");
    Map<String, Target> given =
        Target.parseAll("addresses", config.object("addresses", new JsonObject()));
    Map<String, Target> targets = new HashMap<>();
    given.forEach((from, to) -> targets.put(key(HostText.parse("addresses", from)), to));
    return node -> Future.succeededFuture(translate(targets, node.address()));
  }

  private static SocketAddress translate(Map<String, Target> targets, SocketAddress announced) {
    if (!announced.isInetSocket()) {
      return announced;
    }
    String host = HostText.canonical(announced.host());
    Target target = targets.get(host + " " + announced.port());
    if (target == null) {
      target = targets.get(host);
    }
    return target == null ? announced : target.of(announced);
  }

  /** A blank is in no host, so hosts with and without a port cannot be taken for each other. */
  private static String key(HostText from) {
    return from.port() == HostText.NO_PORT ? from.host() : from.host() + " " + from.port();
  }
}
