package cqloop.netty.exec;

import cqloop.PreparedStatement;

/**
 * Value. What became of preparing a text on one node.
 *
 * @param endpoint the node that prepared it, as {@code host:port}
 */
public record PreparedOn(PreparedStatement statement, String endpoint) {}
