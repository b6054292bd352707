package cqloop.netty.cluster;

import cqloop.netty.conn.ConnectionConfig;
import cqloop.netty.loop.Interval;
import cqloop.spi.AddressTranslator;
import cqloop.spi.ReconnectionPolicy;

/**
 * Value. How the control connection works.
 *
 * @param connection how it is opened
 * @param reconnection when to try again after all nodes have refused
 * @param translator turns announced addresses into reachable ones
 * @param defaultPort port of nodes that announce none
 * @param refresh how often everything is read again without any event
 */
public record ControlConfig(
    ConnectionConfig connection,
    ReconnectionPolicy reconnection,
    AddressTranslator translator,
    int defaultPort,
    Interval refresh) {}
