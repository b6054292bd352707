package cqloop.netty.engine;

import cqloop.ProtocolVersion;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Published. What the loops of a session share: written by its home loop, read by all. */
public final class SharedState {

  /** The versions of DSE are v4 with additions of its own. */
  private static final List<ProtocolVersion> ORDER =
      List.of(
          ProtocolVersion.V3,
          ProtocolVersion.V4,
          ProtocolVersion.DSE_V1,
          ProtocolVersion.DSE_V2,
          ProtocolVersion.V5,
          ProtocolVersion.V6);

  private volatile @Nullable ProtocolVersion version;
  private volatile @Nullable String keyspace;
  private volatile ClusterState cluster;

  public SharedState(Topology contactPoints, @Nullable String keyspace) {
    this.cluster = ClusterState.ofContactPoints(contactPoints);
    this.keyspace = keyspace;
  }

  /** Returns the version that was negotiated, or null before the first connection. */
  public @Nullable ProtocolVersion version() {
    return version;
  }

  public void setVersion(ProtocolVersion negotiated) {
    version = negotiated;
  }

  /**
   * Takes a version that every node speaks, when it is below the present one: a session that uses a
   * cluster in the middle of an upgrade stays with that of its oldest node.
   *
   * @return whether it was below
   */
  public boolean lowerVersion(ProtocolVersion other) {
    ProtocolVersion present = version;
    if (present != null && ORDER.indexOf(other) >= ORDER.indexOf(present)) {
      return false;
    }
    version = other;
    return true;
  }

  /** Returns the keyspace of the session, without quotes, or null. */
  public @Nullable String keyspace() {
    return keyspace;
  }

  public void setKeyspace(@Nullable String newKeyspace) {
    keyspace = newKeyspace;
  }

  /** Returns the nodes of the cluster. */
  public Topology topology() {
    return cluster.topology();
  }

  /** Returns what is known of the cluster. */
  public ClusterState cluster() {
    return cluster;
  }

  public void setCluster(ClusterState newer) {
    cluster = newer;
  }
}
