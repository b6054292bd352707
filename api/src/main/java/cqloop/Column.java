package cqloop;

import cqloop.type.DataType;

/**
 * Value. A column of a result, or a variable of a prepared statement. Names are as the server
 * stores them, without quotes; keyspace and table are empty where the server names none.
 */
public record Column(String keyspace, String table, String name, DataType type) {}
