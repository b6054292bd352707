package cqloop.netty.sim;

import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Not shared. Servers with shards, as ScyllaDB has them, in one run of four. Which shard a
 * connection gets is the server's to say: the least busy one, any, or always the same as behind a
 * proxy. Some tell of a shard-aware port to which nobody can connect.
 */
final class SimShards {

  private static final int SHARD_AWARE_PORT = 19042;

  private final SimWorld world;
  private final SplittableRandom random;
  private final int shards;
  private final int choice;
  private final boolean tellsPort;
  private final Map<SimServerConnection, Integer> given = new HashMap<>();

  /**
   * @param seed decides apart from all other chance, so that runs without shards stay what they are
   */
  SimShards(SimWorld world, long seed) {
    this.world = world;
    this.random = new SplittableRandom(~seed);
    this.shards = random.nextInt(4) == 0 ? random.nextInt(1, 7) : 0;
    this.choice = random.nextInt(3);
    this.tellsPort = random.nextInt(3) == 0;
  }

  /** The answer to OPTIONS of a server with shards, or null when servers have none. */
  Reply supported(SimServerConnection connection, SimRequest request) {
    if (shards == 0) {
      return null;
    }
    Integer shard = given.get(connection);
    if (shard == null) {
      shard =
          switch (choice) {
            case 0 -> given.size() % shards;
            case 1 -> random.nextInt(shards);
            default -> shards - 1;
          };
      given.put(connection, shard);
      world.count("connection to a shard");
    }
    Map<String, List<String>> told = new TreeMap<>(Scripts.options(request.version()));
    told.put("SCYLLA_SHARD", List.of(String.valueOf(shard)));
    told.put("SCYLLA_NR_SHARDS", List.of(String.valueOf(shards)));
    told.put("SCYLLA_SHARDING_IGNORE_MSB", List.of("12"));
    told.put("SCYLLA_SHARDING_ALGORITHM", List.of("biased-token-round-robin"));
    told.put("SCYLLA_PARTITIONER", List.of("org.apache.cassandra.dht.Murmur3Partitioner"));
    if (tellsPort) {
      told.put("SCYLLA_SHARD_AWARE_PORT", List.of(String.valueOf(SHARD_AWARE_PORT)));
    }
    return Replies.supported(told);
  }
}
