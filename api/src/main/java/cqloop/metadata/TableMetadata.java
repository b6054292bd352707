package cqloop.metadata;

import cqloop.error.ColumnNotFound;
import cqloop.error.IndexNotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. A table.
 *
 * @param id given by the server; another one when the table was dropped and made anew. Null for a
 *     virtual table
 * @param isVirtual whether the server makes up its rows when it is read
 * @param columns partition key, clustering columns, static columns, then the others
 * @param options its options by the name they have in CQL: texts, numbers, booleans, and maps of
 *     text; in {@code extensions} the values are hexadecimal. Those that the server leaves null are
 *     not there
 * @param flags how the table is stored, for example {@code compound}, {@code counter}
 * @param indexes its indexes by name
 * @param views its materialised views by name
 */
public record TableMetadata(
    String keyspace,
    String name,
    @Nullable UUID id,
    boolean isVirtual,
    List<ColumnMetadata> columns,
    Map<String, Object> options,
    Set<String> flags,
    Map<String, IndexMetadata> indexes,
    Map<String, ViewMetadata> views)
    implements SchemaObject {

  public TableMetadata {
    columns = List.copyOf(columns);
    options = Copies.sorted(options);
    flags = Set.copyOf(flags);
    indexes = Copies.sorted(indexes);
    views = Copies.sorted(views);
  }

  /**
   * Returns the column of this name.
   *
   * @throws ColumnNotFound when there is none
   */
  public ColumnMetadata column(String name) {
    return TableText.column(keyspace, this.name, columns, name);
  }

  /**
   * Returns the index of this name.
   *
   * @throws IndexNotFound when the table has none
   */
  public IndexMetadata index(String name) {
    IndexMetadata index = indexes.get(name);
    if (index == null) {
      throw new IndexNotFound(keyspace, name);
    }
    return index;
  }

  /** Returns the columns of the partition key in order. */
  public List<ColumnMetadata> partitionKey() {
    return TableText.ofKind(columns, ColumnMetadata.ColumnKind.PARTITION_KEY);
  }

  /** Returns the clustering columns in order. */
  public List<ColumnMetadata> clusteringColumns() {
    return TableText.ofKind(columns, ColumnMetadata.ColumnKind.CLUSTERING);
  }

  /** Returns the text that users have left about the table; empty for none. */
  public String comment() {
    return options.get("comment") instanceof String text ? text : "";
  }

  /** Tells whether the table is stored as tables were before CQL 3. */
  public boolean isCompactStorage() {
    return !isVirtual
        && (flags.contains("dense") || flags.contains("super") || !flags.contains("compound"));
  }

  @Override
  public List<String> statements(DescribeOptions options) {
    if (isVirtual) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    all.add(TableText.of(this, options));
    if (options.withContents()) {
      indexes.values().forEach(index -> all.addAll(index.statements(options)));
      views.values().forEach(view -> all.addAll(view.statements(options)));
    }
    return all;
  }

  @Override
  public String describe(DescribeOptions options) {
    return isVirtual
        ? "/* Virtual, no statement creates it:\n" + TableText.of(this, options) + ";\n*/"
        : CqlText.joined(statements(options), options);
  }
}
