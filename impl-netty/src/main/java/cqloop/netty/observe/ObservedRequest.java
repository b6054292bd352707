package cqloop.netty.observe;

import cqloop.Statement;

/**
 * Value. What a tracer is told of a request.
 *
 * @param operation name of the request in the protocol
 */
record ObservedRequest(Statement<?> statement, String operation) {}
