package cqloop.netty.conn;

/**
 * Value. A port of a ScyllaDB node at which the local port of a connection decides its shard: local
 * port modulo shards.
 *
 * @param port of the node
 * @param shard the wanted shard, 0 to below {@code shards}
 * @param shards how many the node has
 */
public record ShardPort(int port, int shard, int shards) {}
