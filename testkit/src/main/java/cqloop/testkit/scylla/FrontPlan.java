package cqloop.testkit.scylla;

import io.vertx.core.net.NetServerOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Value. How a front looks to clients.
 *
 * @param host the address that it listens on
 * @param sharder the shards
 * @param shardPort what its shard-aware port does
 * @param lwtMark whether it marks lightweight transactions for clients that ask for it
 * @param metadataIds whether it has ids of result metadata, for clients that ask for them
 * @param tablets the tablets of each table that has them, by {@code keyspace.table}
 * @param rateLimit which executions are refused
 * @param tls options of the listening sockets, when clients speak TLS
 */
record FrontPlan(
    String host,
    Sharder sharder,
    ShardPort shardPort,
    boolean lwtMark,
    boolean metadataIds,
    Map<String, List<Tablet>> tablets,
    Predicate<Arrival> rateLimit,
    @Nullable NetServerOptions tls) {

  FrontPlan withShards(int shards) {
    Sharder other = new Sharder(shards, sharder.ignoredBits());
    return new FrontPlan(host, other, shardPort, lwtMark, metadataIds, tablets, rateLimit, tls);
  }

  FrontPlan withShardPort(ShardPort other) {
    return new FrontPlan(host, sharder, other, lwtMark, metadataIds, tablets, rateLimit, tls);
  }

  FrontPlan withTablets(Map<String, List<Tablet>> other) {
    return new FrontPlan(
        host, sharder, shardPort, lwtMark, metadataIds, Map.copyOf(other), rateLimit, tls);
  }

  FrontPlan withRateLimit(Predicate<Arrival> other) {
    return new FrontPlan(host, sharder, shardPort, lwtMark, metadataIds, tablets, other, tls);
  }
}
