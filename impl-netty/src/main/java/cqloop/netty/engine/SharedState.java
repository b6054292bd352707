package cqloop.netty.engine;

import cqloop.ProtocolVersion;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import org.jspecify.annotations.Nullable;

/** Published. What the loops of a session share: written by its home loop, read by all. */
public final class SharedState {

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
