package cqloop.metadata;

import cqloop.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Value. A column of a table or view.
 *
 * @param name as the server stores it, without quotes
 * @param type its type; {@link cqloop.type.CustomType} when the server told one that the driver
 *     cannot read
 * @param cqlType its type as CQL text of the server, which also tells what is frozen
 * @param kind what part it has in a row
 * @param position its place in the partition key or among the clustering columns, from 0; -1 for
 *     others
 * @param order how rows are sorted by it; {@link ClusteringOrder#NONE} unless it clusters
 * @param mask what hides its values from roles that may not see them, as CQL after {@code MASKED
 *     WITH}; null for none
 */
public record ColumnMetadata(
    String name,
    DataType type,
    String cqlType,
    ColumnKind kind,
    int position,
    ClusteringOrder order,
    @Nullable String mask) {

  /** Value. What part a column has in a row. */
  public enum ColumnKind {
    PARTITION_KEY,
    CLUSTERING,
    STATIC,
    REGULAR
  }

  /** Value. How rows are sorted by a column. */
  public enum ClusteringOrder {
    NONE,
    ASC,
    DESC
  }

  /** Tells whether a value of the column is written as a whole only. */
  public boolean isFrozen() {
    return cqlType.startsWith("frozen<");
  }
}
