package cqloop.testkit.scylla;

/** Value. What clients meet at the shard-aware port of a front. */
public enum ShardPort {
  /** The local port of the client, modulo the number of shards, decides the shard. */
  AS_ASKED,

  /** Every connection gets the next shard, as if address translation had changed its port. */
  TRANSLATED,

  /** The port is announced, and nobody listens there. */
  REFUSED,

  /** The node does not say that it has such a port. */
  NOT_ANNOUNCED
}
