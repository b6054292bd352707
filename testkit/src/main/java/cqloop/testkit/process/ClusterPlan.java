package cqloop.testkit.process;

import cqloop.testkit.NodeTls;
import cqloop.testkit.ServerLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What all nodes of one cluster share.
 *
 * @param line the server line
 * @param seeds the addresses every node is told
 * @param passwordAuth whether log-in and permissions are on
 * @param tls TLS for clients, or null
 * @param recorder whether requests are recorded and errors can be injected
 * @param crashSafe whether a killed node keeps all it has acknowledged
 * @param yaml settings that replace ours; an absent value (empty string) removes one
 * @param jvmFlags appended to ours
 * @param startTimeout the longest a node may take to answer
 */
public record ClusterPlan(
    ServerLine line,
    List<String> seeds,
    boolean passwordAuth,
    @Nullable NodeTls tls,
    boolean recorder,
    boolean crashSafe,
    Map<String, String> yaml,
    List<String> jvmFlags,
    Duration startTimeout) {

  /**
   * What is one node's own.
   *
   * @param address its loopback address
   * @param announced the address that it tells clients, at which a front may listen
   * @param datacenter its data centre
   * @param rack its rack
   * @param token the token it owns
   * @param bootstrap whether it joins a living cluster and streams its share
   * @param folder its data, configuration and logs
   */
  public record Place(
      String address,
      String announced,
      String datacenter,
      String rack,
      long token,
      boolean bootstrap,
      Path folder) {}
}
