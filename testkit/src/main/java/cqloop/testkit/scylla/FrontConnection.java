package cqloop.testkit.scylla;

import cqloop.testkit.fake.Compression;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Value. An open connection of a client to a front.
 *
 * @param number counted from 1 in the order of acceptance
 * @param shard the shard that it serves
 * @param atShardPort whether it came in at the shard-aware port
 * @param extensions the extensions of ScyllaDB that the client asked for in STARTUP
 * @param compression of the bodies, or null
 */
public record FrontConnection(
    int number,
    int shard,
    boolean atShardPort,
    Set<String> extensions,
    @Nullable Compression compression) {

  /** Copies the extensions. */
  public FrontConnection {
    extensions = Set.copyOf(extensions);
  }

  FrontConnection withStartup(Set<String> asked, @Nullable Compression chosen) {
    return new FrontConnection(number, shard, atShardPort, asked, chosen);
  }
}
