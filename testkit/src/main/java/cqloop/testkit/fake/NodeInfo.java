package cqloop.testkit.fake;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Value. What a node says about itself, and its peers about it.
 *
 * @param address where clients reach it
 * @param hostId its host id
 * @param datacenter its data centre
 * @param rack its rack
 * @param tokens its tokens as text
 * @param releaseVersion its version, such as {@code 5.0.9}
 */
public record NodeInfo(
    InetSocketAddress address,
    UUID hostId,
    String datacenter,
    String rack,
    Set<String> tokens,
    String releaseVersion) {

  /** The release that a node claims unless it is told otherwise. */
  public static final String DEFAULT_RELEASE = "5.0.9";

  /** A node of {@code dc1} and {@code rack1} with one token; its host id follows its address. */
  public static NodeInfo of(InetSocketAddress address) {
    String seed = address.getAddress().getHostAddress();
    UUID hostId = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    return new NodeInfo(address, hostId, "dc1", "rack1", Set.of("0"), DEFAULT_RELEASE);
  }

  /** A copy at another address. */
  public NodeInfo withAddress(InetSocketAddress newAddress) {
    return new NodeInfo(newAddress, hostId, datacenter, rack, tokens, releaseVersion);
  }

  /** A copy with another host id. */
  public NodeInfo withHostId(UUID newHostId) {
    return new NodeInfo(address, newHostId, datacenter, rack, tokens, releaseVersion);
  }

  /** A copy in another data centre and rack. */
  public NodeInfo withLocation(String newDatacenter, String newRack) {
    return new NodeInfo(address, hostId, newDatacenter, newRack, tokens, releaseVersion);
  }

  /** A copy with other tokens. */
  public NodeInfo withTokens(List<String> newTokens) {
    return new NodeInfo(address, hostId, datacenter, rack, Set.copyOf(newTokens), releaseVersion);
  }

  /** A copy of another release. */
  public NodeInfo withReleaseVersion(String newRelease) {
    return new NodeInfo(address, hostId, datacenter, rack, tokens, newRelease);
  }

  /** Whether this release has {@code system.peers_v2}, which came with Cassandra 4.0. */
  boolean hasPeersV2() {
    return releaseVersion.length() > 1
        && releaseVersion.charAt(0) >= '4'
        && releaseVersion.charAt(0) <= '9';
  }
}
