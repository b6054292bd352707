package cqloop.netty.cluster;

import cqloop.netty.conn.ConnectionConfig;
import cqloop.spi.AddressTranslator;
import cqloop.spi.ReconnectionPolicy;

/**
 * Value. How the control connection works.
 *
 * @param connection how it is opened
 * @param reconnection when to try again after all nodes have refused
 * @param translator turns announced addresses into reachable ones
 * @param defaultPort port of nodes that announce none
 * @param refreshNanos how often everything is read again without any event, 0 for never
 */
public record ControlConfig(
    ConnectionConfig connection,
    ReconnectionPolicy reconnection,
    AddressTranslator translator,
    int defaultPort,
    long refreshNanos) {}
