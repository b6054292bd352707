package cqloop.metadata;

import java.util.List;

/**
 * Value. An object of the schema, which CQL text can create again. All names are given as the
 * server stores them, without quotes.
 */
public sealed interface SchemaObject
    permits KeyspaceMetadata,
        TableMetadata,
        ViewMetadata,
        IndexMetadata,
        UserTypeMetadata,
        FunctionMetadata,
        AggregateMetadata {

  /** Returns the keyspace of the object; of a keyspace its own name. */
  String keyspace();

  /** Returns the name of the object. */
  String name();

  /**
   * Returns the statements that create this object, each without a semicolon, in the order in which
   * they must run. Empty for what no statement can create: virtual keyspaces and tables.
   */
  List<String> statements(DescribeOptions options);

  /** Returns {@link #describe(DescribeOptions)} with {@link DescribeOptions#DEFAULT}. */
  default String describe() {
    return describe(DescribeOptions.DEFAULT);
  }

  /**
   * Returns the statements as one text, each with its semicolon. What no statement can create is
   * shown in a comment.
   */
  default String describe(DescribeOptions options) {
    return CqlText.joined(statements(options), options);
  }
}
