package cqloop.netty.engine;

import cqloop.ProtocolVersion;
import cqloop.metadata.Topology;
import org.jspecify.annotations.Nullable;

/** Published. What the loops of a session share: written by its home loop, read by all. */
public final class SharedState {

  private volatile @Nullable ProtocolVersion version;
  private volatile @Nullable String keyspace;
  private volatile Topology topology;

  public SharedState(Topology topology, @Nullable String keyspace) {
    this.topology = topology;
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

  public Topology topology() {
    return topology;
  }

  public void setTopology(Topology newTopology) {
    topology = newTopology;
  }
}
