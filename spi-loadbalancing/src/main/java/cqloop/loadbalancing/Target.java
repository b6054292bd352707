package cqloop.loadbalancing;

import cqloop.spi.PolicyConfig;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Value. Where a node is to be reached: a host, and a port where it is not the one announced. */
record Target(HostText host) {

  static Target parse(String key, Object text) {
    if (!(text instanceof String)) {
      throw PolicyConfig.wrong(key, text, "a host, perhaps with a port");
    }
    return new Target(HostText.parse(key, (String) text));
  }

  /** Returns the targets of an object, by its keys. */
  static Map<String, Target> parseAll(String key, JsonObject object) {
    Map<String, Target> targets = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : object) {
      targets.put(entry.getKey(), parse(key + "." + entry.getKey(), entry.getValue()));
    }
    if (targets.isEmpty()) {
      throw PolicyConfig.wrong(key, object, "at least one entry");
    }
    return targets;
  }

  SocketAddress of(SocketAddress announced) {
    int port = host.port() == HostText.NO_PORT ? announced.port() : host.port();
    return SocketAddress.inetSocketAddress(port, host.host());
  }
}
