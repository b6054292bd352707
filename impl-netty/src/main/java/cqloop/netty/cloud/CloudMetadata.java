package cqloop.netty.cloud;

import cqloop.error.CloudBundleFailed;
import cqloop.error.CloudBundleFailed.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Value. What the metadata service says of a database.
 *
 * @param proxyHost host of the proxy that all nodes are behind
 * @param proxyPort its port
 * @param datacenter the data centre of these nodes
 * @param hostIds the nodes to begin with
 */
record CloudMetadata(String proxyHost, int proxyPort, String datacenter, List<UUID> hostIds) {

  /** Databases of one data centre have far fewer nodes to begin with. */
  private static final int MAX_CONTACT_POINTS = 1000;

  /**
   * Reads the answer of the service.
   *
   * @param service what to call it in errors
   * @throws CloudBundleFailed when it is not understood
   */
  static CloudMetadata read(String service, Buffer body) {
    JsonObject answer;
    try {
      answer = body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw bad(service, "the answer is not a JSON object");
    }
    if (!(answer.getValue("contact_info") instanceof JsonObject info)) {
      throw bad(service, "the answer has no 'contact_info'");
    }
    String type = text(service, info, "type");
    if (!type.equals("sni_proxy")) {
      throw bad(service, "'type' is '" + type + "'; only 'sni_proxy' is known");
    }
    String proxy = text(service, info, "sni_proxy_address");
    int colon = proxy.lastIndexOf(':');
    int port = colon < 1 ? -1 : port(proxy.substring(colon + 1));
    if (port < 0) {
      throw bad(service, "'sni_proxy_address' is '" + proxy + "'; expected host:port");
    }
    return new CloudMetadata(
        proxy.substring(0, colon), port, text(service, info, "local_dc"), hostIds(service, info));
  }

  private static List<UUID> hostIds(String service, JsonObject info) {
    if (!(info.getValue("contact_points") instanceof JsonArray points)
        || points.isEmpty()
        || points.size() > MAX_CONTACT_POINTS) {
      throw bad(service, "'contact_points' must list 1 to " + MAX_CONTACT_POINTS + " ids of nodes");
    }
    List<UUID> ids = new ArrayList<>();
    for (Object point : points) {
      try {
        ids.add(UUID.fromString((String) point));
      } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
        throw bad(service, "'contact_points' holds '" + point + "'; expected the id of a node");
      }
    }
    return ids;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port <= 0xFFFF ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String text(String service, JsonObject info, String key) {
    if (info.getValue(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw bad(service, "'contact_info' has no '" + key + "'");
  }

  private static CloudBundleFailed bad(String service, String problem) {
    return new CloudBundleFailed(Kind.BAD_METADATA, "Metadata service " + service, problem, null);
  }
}
