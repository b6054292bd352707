package cqloop.netty.schema;

import cqloop.Row;
import cqloop.error.CqlException;
import cqloop.metadata.AggregateMetadata;
import cqloop.metadata.FunctionMetadata;
import cqloop.metadata.IndexMetadata;
import cqloop.metadata.IndexMetadata.IndexKind;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.TableMetadata;
import cqloop.metadata.UserTypeMetadata;
import cqloop.metadata.ViewMetadata;
import cqloop.type.DataType;
import cqloop.type.UserType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Makes a keyspace of its rows, one object at a step. What equals an object of the
 * snapshot before is that object, so that a difference is a difference of references. A row that
 * makes no sense costs its own object only.
 */
final class KeyspaceBuilder {

  /** How a server of CQL 3 stores tables; servers that tell nothing store them so. */
  private static final Set<String> USUAL_FLAGS = Set.of("compound");

  /** Each costs a few frames of the stack, and servers refuse far less. */
  private static final int MOST_TYPE_DEPTH = 128;

  private final String name;
  private final KeyspaceRows rows;
  private final @Nullable KeyspaceMetadata before;
  private final Consumer<String> skipped;
  private final ColumnReader columnReader = new ColumnReader(this::userType);
  private final Parts parts = new Parts();
  private final Map<String, Row> typeRows = new HashMap<>();
  private final Set<String> typesInWork = new HashSet<>();
  private final Map<String, UserTypeMetadata> types = new TreeMap<>();
  private final Map<String, FunctionMetadata> functions = new TreeMap<>();
  private final Map<String, AggregateMetadata> aggregates = new TreeMap<>();
  private final Map<String, ViewMetadata> views = new TreeMap<>();
  private final Map<String, Map<String, ViewMetadata>> viewsOf = new HashMap<>();
  private final Map<String, TableMetadata> tables = new TreeMap<>();
  private boolean allKnown = true;
  private boolean lacksType;
  private int typeDepth;

  /**
   * @param before the keyspace as it was known, or null
   * @param only the tables and views of which there are rows, if they are still there; all else is
   *     as before then. Empty when there are rows of all
   * @param skipped told of each object that is left out, and why
   */
  KeyspaceBuilder(
      String name,
      KeyspaceRows rows,
      @Nullable KeyspaceMetadata before,
      Set<String> only,
      Consumer<String> skipped) {
    this.name = name;
    this.rows = rows;
    this.before = before;
    this.skipped = skipped;
    if (before != null && !only.isEmpty()) {
      keepAllBut(before, only);
    }
    parts.addEach(rows.types(), row -> typeRows.put(Cell.text(row, "type_name"), row));
    parts.addEach(rows.types(), row -> userType(Cell.text(row, "type_name")));
    plan("function", "function_name", rows.functions(), this::addFunction);
    plan("aggregate", "aggregate_name", rows.aggregates(), this::addAggregate);
    plan("view", "view_name", rows.views(), this::addView);
    plan("table", "table_name", rows.tables(), this::addTable);
    if (before != null && !only.isEmpty()) {
      parts.addEach(before.tables().values(), known -> keepTable(known, only));
    }
  }

  private void keepAllBut(KeyspaceMetadata before, Set<String> only) {
    types.putAll(before.types());
    functions.putAll(before.functions());
    aggregates.putAll(before.aggregates());
    before
        .views()
        .forEach(
            (view, known) -> {
              if (!only.contains(view)) {
                putView(known);
              }
            });
  }

  /** A table that was not read is as it was, but its views may have come or gone. */
  private void keepTable(TableMetadata known, Set<String> only) {
    if (only.contains(known.name())) {
      return;
    }
    Map<String, ViewMetadata> now = viewsOf.getOrDefault(known.name(), Map.of());
    boolean isSame = now.equals(known.views());
    allKnown &= isSame;
    tables.put(known.name(), isSame ? known : withViews(known, now));
  }

  private static TableMetadata withViews(TableMetadata table, Map<String, ViewMetadata> views) {
    return new TableMetadata(
        table.keyspace(),
        table.name(),
        table.id(),
        table.isVirtual(),
        table.columns(),
        table.options(),
        table.flags(),
        table.indexes(),
        views);
  }

  private void putView(ViewMetadata view) {
    views.put(view.name(), view);
    viewsOf.computeIfAbsent(view.baseTable(), key -> new TreeMap<>()).put(view.name(), view);
  }

  /** Tells whether a type was named that is not known. */
  boolean lacksType() {
    return lacksType;
  }

  private void plan(String kind, String nameColumn, List<Row> all, Consumer<Row> step) {
    parts.addEach(
        all,
        row -> {
          try {
            if (Cell.text(row, nameColumn).isEmpty()) {
              throw new IllegalArgumentException("it has no name");
            }
            step.accept(row);
          } catch (CqlException | IllegalArgumentException damaged) {
            skip(kind, Cell.text(row, nameColumn), damaged.getMessage());
          }
        });
  }

  private void skip(String kind, String object, @Nullable String problem) {
    skipped.accept("%s '%s' of keyspace '%s': %s".formatted(kind, object, name, problem));
  }

  /** Does one step; returns whether there are more. */
  boolean step() {
    return parts.step();
  }

  /**
   * Returns the keyspace after the last step. Compares nothing within it: what is linear here is
   * one copy of the references.
   */
  KeyspaceMetadata build() {
    boolean durableWrites = Cell.flag(rows.keyspace(), "durable_writes", true);
    Map<String, String> replication = Cell.textMap(rows.keyspace(), "replication");
    if (before != null
        && allKnown
        && before.isVirtual() == rows.isVirtual()
        && before.durableWrites() == durableWrites
        && before.replication().equals(replication)
        && before.types().size() == types.size()
        && before.functions().size() == functions.size()
        && before.aggregates().size() == aggregates.size()
        && before.tables().size() == tables.size()
        && before.views().size() == views.size()) {
      return before;
    }
    return new KeyspaceMetadata(
        name,
        rows.isVirtual(),
        durableWrites,
        replication,
        types,
        functions,
        aggregates,
        tables,
        views);
  }

  /** Returns the type of this name, made now if it was not yet; null when there is none. */
  private @Nullable DataType userType(String type) {
    UserTypeMetadata known = types.get(type);
    if (known != null) {
      return known.type();
    }
    Row row = typeRows.get(type);
    if (typeDepth == MOST_TYPE_DEPTH) {
      skip("type", type, "within others more than " + MOST_TYPE_DEPTH + " deep");
      return null;
    }
    // One that is being made holds itself: no server has such a type.
    if (row == null || !typesInWork.add(type)) {
      lacksType = true;
      return null;
    }
    typeDepth++;
    try {
      List<String> fieldTypes = Cell.texts(row, "field_types");
      List<DataType> parsed = new ArrayList<>(fieldTypes.size());
      for (String fieldType : fieldTypes) {
        parsed.add(TypeText.parse(fieldType, this::userType));
      }
      UserType made = new UserType(name, type, Cell.texts(row, "field_names"), parsed);
      UserTypeMetadata metadata = new UserTypeMetadata(made, fieldTypes);
      types.put(type, same(metadata, before == null ? null : before.types().get(type)));
      return made;
    } catch (CqlException | IllegalArgumentException damaged) {
      skip("type", type, damaged.getMessage());
      return null;
    } finally {
      typeDepth--;
    }
  }

  private void addFunction(Row row) {
    FunctionMetadata function =
        new FunctionMetadata(
            name,
            Cell.text(row, "function_name"),
            Cell.texts(row, "argument_names"),
            arguments(row),
            TypeText.unfrozen(Cell.text(row, "return_type")),
            Cell.flag(row, "called_on_null_input", false),
            Cell.text(row, "language"),
            Cell.text(row, "body"));
    String signature = function.signature();
    functions.put(
        signature, same(function, before == null ? null : before.functions().get(signature)));
  }

  private void addAggregate(Row row) {
    AggregateMetadata aggregate =
        new AggregateMetadata(
            name,
            Cell.text(row, "aggregate_name"),
            arguments(row),
            Cell.text(row, "state_func"),
            TypeText.unfrozen(Cell.text(row, "state_type")),
            Cell.textOrNull(row, "final_func"),
            initialCondition(row),
            TypeText.unfrozen(Cell.text(row, "return_type")));
    String signature = aggregate.signature();
    aggregates.put(
        signature, same(aggregate, before == null ? null : before.aggregates().get(signature)));
  }

  /** Servers before 5.0 store dates, times and addresses without the quotes that they want. */
  private static @Nullable String initialCondition(Row row) {
    String stored = Cell.textOrNull(row, "initcond");
    if (stored == null
        || stored.equals("null")
        || stored.startsWith("'")
        || !Names.isWrittenAsString(Cell.text(row, "state_type"))) {
      return stored;
    }
    return Names.string(stored);
  }

  private static List<String> arguments(Row row) {
    List<String> types = new ArrayList<>();
    for (String type : Cell.texts(row, "argument_types")) {
      types.add(TypeText.unfrozen(type));
    }
    return types;
  }

  private void addView(Row row) {
    String view = Cell.text(row, "view_name");
    String table = Cell.text(row, "base_table_name");
    ViewMetadata made =
        new ViewMetadata(
            name,
            view,
            Cell.uuid(row, "id"),
            table,
            Cell.flag(row, "include_all_columns", false),
            Cell.text(row, "where_clause"),
            columnReader.read(requireColumns(view), rows.masks(view), USUAL_FLAGS),
            OptionReader.read(row));
    putView(same(made, before == null ? null : before.views().get(view)));
  }

  private void addTable(Row row) {
    String table = Cell.text(row, "table_name");
    TableMetadata known = before == null ? null : before.tables().get(table);
    Set<String> flags = Cell.has(row, "flags") ? Cell.textSet(row, "flags") : USUAL_FLAGS;
    UUID id = Cell.uuid(row, "id");
    Map<String, IndexMetadata> indexes = new TreeMap<>();
    for (Row index : rows.indexes(table)) {
      addIndex(indexes, table, index, known);
    }
    TableMetadata made =
        new TableMetadata(
            name,
            table,
            id,
            rows.isVirtual(),
            columnReader.read(requireColumns(table), rows.masks(table), flags),
            OptionReader.read(row),
            flags,
            indexes,
            viewsOf.getOrDefault(table, Map.of()));
    tables.put(table, same(made, known));
  }

  private void addIndex(
      Map<String, IndexMetadata> indexes, String table, Row row, @Nullable TableMetadata known) {
    String index = Cell.text(row, "index_name");
    IndexMetadata made =
        new IndexMetadata(
            name, table, index, kind(Cell.text(row, "kind")), Cell.textMap(row, "options"));
    indexes.put(index, same(made, known == null ? null : known.indexes().get(index)));
  }

  /** A table is read after its columns were, or before: in between it may have been dropped. */
  private List<Row> requireColumns(String table) {
    List<Row> columns = rows.columns(table);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("it has no columns");
    }
    return columns;
  }

  private static IndexKind kind(String kind) {
    return switch (kind) {
      case "KEYS" -> IndexKind.KEYS;
      case "COMPOSITES" -> IndexKind.COMPOSITES;
      case "CUSTOM" -> IndexKind.CUSTOM;
      default -> IndexKind.UNKNOWN;
    };
  }

  private <T> T same(T made, @Nullable T known) {
    if (known != null && made.equals(known)) {
      return known;
    }
    allKnown = false;
    return made;
  }
}
