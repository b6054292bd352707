package cqloop.metadata;

import cqloop.error.AggregateNotFound;
import cqloop.error.FunctionNotFound;
import cqloop.error.IndexNotFound;
import cqloop.error.TableNotFound;
import cqloop.error.UserTypeNotFound;
import cqloop.error.ViewNotFound;
import cqloop.type.CqlIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Value. A keyspace and all that is in it.
 *
 * @param isVirtual whether the server makes up its tables
 * @param durableWrites whether writes go to the commit log
 * @param replication its replication as the server stores it, {@code class} among it; empty for a
 *     virtual keyspace
 * @param types user-defined types by name
 * @param functions functions by signature, for example {@code plus(int, int)}
 * @param aggregates aggregates by signature
 * @param tables tables by name
 * @param views materialised views by name
 */
public record KeyspaceMetadata(
    String name,
    boolean isVirtual,
    boolean durableWrites,
    Map<String, String> replication,
    Map<String, UserTypeMetadata> types,
    Map<String, FunctionMetadata> functions,
    Map<String, AggregateMetadata> aggregates,
    Map<String, TableMetadata> tables,
    Map<String, ViewMetadata> views)
    implements SchemaObject {

  /** Keyspaces that servers make for themselves, of Cassandra, DSE and ScyllaDB. */
  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "system",
          "system_accord",
          "system_accord_debug",
          "system_auth",
          "system_cluster_metadata",
          "system_distributed",
          "system_distributed_everywhere",
          "system_replicated_keys",
          "system_schema",
          "system_traces",
          "system_views",
          "system_virtual_schema",
          "system_metrics",
          "audit",
          "dse_analytics",
          "dse_insights",
          "dse_insights_local",
          "dse_leases",
          "dse_perf",
          "dse_security",
          "dse_system",
          "dse_system_local",
          "dsefs",
          "solr_admin");

  private static final String LOCATOR = "org.apache.cassandra.locator.";
  private static final String CLASS = "class";

  public KeyspaceMetadata {
    replication = Copies.sorted(replication);
    types = Copies.sorted(types);
    functions = Copies.sorted(functions);
    aggregates = Copies.sorted(aggregates);
    tables = Copies.sorted(tables);
    views = Copies.sorted(views);
  }

  @Override
  public String keyspace() {
    return name;
  }

  /** Tells whether servers make this keyspace for themselves. */
  public boolean isSystem() {
    return isVirtual || OF_THE_SERVER.contains(name);
  }

  /**
   * Returns the table of this name.
   *
   * @throws TableNotFound when there is none
   */
  public TableMetadata table(String table) {
    TableMetadata found = tables.get(table);
    if (found == null) {
      throw new TableNotFound(name, table);
    }
    return found;
  }

  /**
   * Returns the materialised view of this name.
   *
   * @throws ViewNotFound when there is none
   */
  public ViewMetadata view(String view) {
    ViewMetadata found = views.get(view);
    if (found == null) {
      throw new ViewNotFound(name, view);
    }
    return found;
  }

  /** Returns the indexes of all tables. */
  public List<IndexMetadata> indexes() {
    List<IndexMetadata> all = new ArrayList<>();
    tables.values().forEach(table -> all.addAll(table.indexes().values()));
    return all;
  }

  /**
   * Returns the index of this name.
   *
   * @throws IndexNotFound when no table has one
   */
  public IndexMetadata index(String index) {
    for (TableMetadata table : tables.values()) {
      IndexMetadata found = table.indexes().get(index);
      if (found != null) {
        return found;
      }
    }
    throw new IndexNotFound(name, index);
  }

  /**
   * Returns the user-defined type of this name.
   *
   * @throws UserTypeNotFound when there is none
   */
  public UserTypeMetadata type(String type) {
    UserTypeMetadata found = types.get(type);
    if (found == null) {
      throw new UserTypeNotFound(name, type);
    }
    return found;
  }

  /** Returns all functions of this name. */
  public List<FunctionMetadata> functions(String function) {
    return functions.values().stream().filter(each -> each.name().equals(function)).toList();
  }

  /**
   * Returns one function.
   *
   * @param argumentTypes the types of its arguments as CQL text
   * @throws FunctionNotFound when there is none
   */
  public FunctionMetadata function(String function, String... argumentTypes) {
    String signature = Copies.signature(function, List.of(argumentTypes));
    FunctionMetadata found = functions.get(signature);
    if (found == null) {
      throw new FunctionNotFound(name, signature);
    }
    return found;
  }

  /** Returns all aggregates of this name. */
  public List<AggregateMetadata> aggregates(String aggregate) {
    return aggregates.values().stream().filter(each -> each.name().equals(aggregate)).toList();
  }

  /**
   * Returns one aggregate.
   *
   * @param argumentTypes the types of its arguments as CQL text
   * @throws AggregateNotFound when there is none
   */
  public AggregateMetadata aggregate(String aggregate, String... argumentTypes) {
    String signature = Copies.signature(aggregate, List.of(argumentTypes));
    AggregateMetadata found = aggregates.get(signature);
    if (found == null) {
      throw new AggregateNotFound(name, signature);
    }
    return found;
  }

  @Override
  public List<String> statements(DescribeOptions options) {
    if (isVirtual) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    all.add(create(options));
    if (options.withContents()) {
      if (!options.withKeyspace()) {
        all.add("USE " + CqlIdentifier.quoteIfNeeded(name));
      }
      TypeOrder.of(this).forEach(type -> all.addAll(type.statements(options)));
      functions.values().forEach(function -> all.addAll(function.statements(options)));
      aggregates.values().forEach(aggregate -> all.addAll(aggregate.statements(options)));
      DescribeOptions alone = options.withContents(false);
      for (TableMetadata table : tables.values()) {
        all.addAll(table.statements(alone));
        table.indexes().values().forEach(index -> all.addAll(index.statements(alone)));
      }
      views.values().forEach(view -> all.addAll(view.statements(alone)));
    }
    return all;
  }

  @Override
  public String describe(DescribeOptions options) {
    if (!isVirtual) {
      return CqlText.joined(statements(options), options);
    }
    StringBuilder text =
        new StringBuilder("/* Virtual, no statement creates it:\nVIRTUAL KEYSPACE ");
    text.append(new CqlText(options).name(name)).append(";\n*/");
    if (options.withContents()) {
      tables.values().forEach(table -> text.append("\n\n").append(table.describe(options)));
    }
    return text.toString();
  }

  private String create(DescribeOptions options) {
    CqlText text = new CqlText(options);
    text.add("CREATE KEYSPACE ").name(name).add(" WITH replication = {");
    String strategy = replication.get(CLASS);
    if (strategy != null) {
      text.string(CLASS).add(": ").string(shortName(strategy));
    }
    for (Map.Entry<String, String> option : replication.entrySet()) {
      if (!option.getKey().equals(CLASS)) {
        text.add(", ").string(option.getKey()).add(": ").string(option.getValue());
      }
    }
    return text.add('}').line().add("AND durable_writes = " + durableWrites).toString();
  }

  private static String shortName(String strategy) {
    return strategy.startsWith(LOCATOR) ? strategy.substring(LOCATOR.length()) : strategy;
  }
}
