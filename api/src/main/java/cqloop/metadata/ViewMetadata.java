package cqloop.metadata;

import cqloop.error.ColumnNotFound;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. A materialised view.
 *
 * @param id given by the server; another one when the view was dropped and made anew
 * @param baseTable the table that it shows, in the same keyspace
 * @param includesAllColumns whether it shows every column of its table, those added later too
 * @param whereClause which rows it shows, as CQL text of the server
 * @param columns partition key, clustering columns, then the others
 * @param options as {@link TableMetadata#options()}
 */
public record ViewMetadata(
    String keyspace,
    String name,
    @Nullable UUID id,
    String baseTable,
    boolean includesAllColumns,
    String whereClause,
    List<ColumnMetadata> columns,
    Map<String, Object> options)
    implements SchemaObject {

  public ViewMetadata {
    columns = List.copyOf(columns);
    options = Copies.sorted(options);
  }

  /**
   * Returns the column of this name.
   *
   * @throws ColumnNotFound when there is none
   */
  public ColumnMetadata column(String name) {
    return TableText.column(keyspace, this.name, columns, name);
  }

  /** Returns the columns of the partition key in order. */
  public List<ColumnMetadata> partitionKey() {
    return TableText.ofKind(columns, ColumnMetadata.ColumnKind.PARTITION_KEY);
  }

  /** Returns the clustering columns in order. */
  public List<ColumnMetadata> clusteringColumns() {
    return TableText.ofKind(columns, ColumnMetadata.ColumnKind.CLUSTERING);
  }

  @Override
  public List<String> statements(DescribeOptions options) {
    return List.of(TableText.of(this, options));
  }
}
