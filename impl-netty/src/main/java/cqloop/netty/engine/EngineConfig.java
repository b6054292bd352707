package cqloop.netty.engine;

import cqloop.netty.conn.ConnectionConfig;
import cqloop.netty.conn.Transport;
import cqloop.netty.pool.ShardPortUse;
import cqloop.spi.NodeDistance;
import cqloop.spi.ReconnectionPolicy;

/**
 * Value. What every engine of a session is made of.
 *
 * @param connection how connections are opened
 * @param transport opens sockets
 * @param reconnection when a lost connection is tried again
 * @param policies creates the policies of a loop
 * @param localConnections connections per local node and loop
 * @param remoteConnections connections per remote node and loop
 * @param shardPorts at which ports connections to a certain shard may be made
 * @param queueSize requests that may wait for a connection on one loop
 * @param schemaWaitNanos how long to wait for agreement after a change of schema
 * @param verifyHostId whether connections are asked which node they lead to
 */
public record EngineConfig(
    ConnectionConfig connection,
    Transport transport,
    ReconnectionPolicy reconnection,
    PolicySource policies,
    int localConnections,
    int remoteConnections,
    ShardPortUse shardPorts,
    int queueSize,
    long schemaWaitNanos,
    boolean verifyHostId) {

  /** Returns how many connections each loop has to a node of this kind. */
  int connections(NodeDistance distance) {
    return distance == NodeDistance.LOCAL ? localConnections : remoteConnections;
  }
}
