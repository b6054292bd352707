package cqloop.metadata;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. A secondary index.
 *
 * @param keyspace the keyspace of its table
 * @param table the table that it indexes
 * @param name unique in the keyspace
 * @param kind who implements it
 * @param options as the server stores them, {@code target} and {@code class_name} among them
 */
public record IndexMetadata(
    String keyspace, String table, String name, IndexKind kind, Map<String, String> options)
    implements SchemaObject {

  private static final String TARGET = "target";
  private static final String CLASS_NAME = "class_name";

  /** Value. Who implements an index. */
  public enum IndexKind {
    /** The server, for tables of old. */
    KEYS,
    /** The server. */
    COMPOSITES,
    /** A class that the index names: SAI, SASI and others. */
    CUSTOM,
    /** A kind that this driver does not know. */
    UNKNOWN
  }

  public IndexMetadata {
    options = Copies.sorted(options);
  }

  /** Returns what is indexed as CQL text, for example {@code keys(m)}; may be empty. */
  public String target() {
    return options.getOrDefault(TARGET, "");
  }

  /** Returns the class of a custom index, or null. */
  public @Nullable String className() {
    return options.get(CLASS_NAME);
  }

  @Override
  public List<String> statements(DescribeOptions options) {
    CqlText text = new CqlText(options);
    String className = className();
    text.add(className == null ? "CREATE INDEX " : "CREATE CUSTOM INDEX ").name(name).add(" ON ");
    text.name(keyspace, table).add(" (").add(target()).add(')');
    if (className != null) {
      text.add(" USING ").string(className);
      Map<String, String> own = Copies.without(this.options, TARGET, CLASS_NAME);
      if (!own.isEmpty()) {
        text.add(" WITH OPTIONS = ").map(own);
      }
    }
    return List.of(text.toString());
  }
}
