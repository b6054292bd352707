package cqloop.netty.cluster;

/** Value. A tablet that a node told of with its answer to a request, and the table it is of. */
public record LearntTablet(String keyspace, String table, Tablet tablet) {}
