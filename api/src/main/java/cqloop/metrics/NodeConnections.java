package cqloop.metrics;

import cqloop.metadata.Node;

/**
 * Value. The connections of a session to one node for requests.
 *
 * @param node the node
 * @param available how many take requests
 * @param total how many are open; the others only end the requests that they have
 */
public record NodeConnections(Node node, int available, int total) {}
