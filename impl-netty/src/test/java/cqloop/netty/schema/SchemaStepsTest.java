package cqloop.netty.schema;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Column;
import cqloop.Columns;
import cqloop.Row;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.SchemaUpdate.Change;
import cqloop.metadata.TableMetadata;
import cqloop.type.PrimitiveType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scenario B9: work on thousands of objects can be left after each of them. */
class SchemaStepsTest {

  private static final int TABLES = 5000;

  /** What one table with its two columns costs: each cell is looked at a few times. */
  private static final int MOST_READS = 100;

  private int touched;

  @Test
  void aStepOfBuildingReadsTheRowsOfOneObject() {
    KeyspaceRows rows = new KeyspaceRows(row("keyspace_name", "ks"), false);
    for (int i = 0; i < TABLES; i++) {
      rows.add(SchemaTable.TABLES, row("table_name", "t" + i));
      rows.add(SchemaTable.COLUMNS, column("t" + i, "k", "partition_key"));
      rows.add(SchemaTable.COLUMNS, column("t" + i, "v", "regular"));
    }
    List<String> skipped = new ArrayList<>();
    touched = 0;
    KeyspaceBuilder builder = new KeyspaceBuilder("ks", rows, null, Set.of(), skipped::add);
    assertThat(touched).as("planning looks at nothing").isZero();
    int steps = 1;
    while (builder.step()) {
      steps++;
      assertThat(touched).as("step %d", steps).isLessThan(MOST_READS);
      touched = 0;
    }
    KeyspaceMetadata built = builder.build();
    assertThat(touched).as("the end").isLessThan(MOST_READS);
    assertThat(steps).isGreaterThanOrEqualTo(TABLES);
    assertThat(built.tables()).hasSize(TABLES);
    assertThat(skipped).isEmpty();

    KeyspaceBuilder again = new KeyspaceBuilder("ks", rows, built, Set.of(), skipped::add);
    while (again.step()) {
      touched = 0;
    }
    assertThat(again.build()).as("the same rows").isSameAs(built);
  }

  @Test
  void aStepOfComparingComparesOneTable() {
    Map<String, TableMetadata> old = new HashMap<>();
    Map<String, TableMetadata> now = new HashMap<>();
    for (int i = 0; i < TABLES; i++) {
      old.put("t" + i, table("t" + i));
      now.put("t" + i, table("t" + i));
    }
    SchemaDifference difference =
        new SchemaDifference(
            new SchemaMetadata(1, Map.of("ks", keyspace(old))),
            new SchemaMetadata(2, Map.of("ks", keyspace(now))));
    touched = 0;
    int steps = 1;
    while (difference.step()) {
      steps++;
      assertThat(touched).as("step %d", steps).isLessThanOrEqualTo(2);
      touched = 0;
    }
    assertThat(steps).isGreaterThanOrEqualTo(TABLES);
    assertThat(difference.updates())
        .hasSize(TABLES)
        .allSatisfy(update -> assertThat(update.change()).isEqualTo(Change.UPDATED));
  }

  @Test
  void aDroppedKeyspaceGoesFromTheInsideOut() {
    SchemaDifference difference =
        new SchemaDifference(
            new SchemaMetadata(1, Map.of("ks", keyspace(Map.of("a", table("a"), "b", table("b"))))),
            new SchemaMetadata(2, Map.of()));
    while (difference.step()) {
      assertThat(difference.after().version()).isEqualTo(2);
    }
    assertThat(difference.updates())
        .extracting(update -> update.change() + " " + update.object().name())
        .containsExactly("DROPPED b", "DROPPED a", "DROPPED ks");
  }

  @Test
  void tablesThatWereNotReadAreKeptAndViewsOfTheirsMayGo() {
    KeyspaceRows all = new KeyspaceRows(row("keyspace_name", "ks"), false);
    for (String table : List.of("a", "b", "c")) {
      all.add(SchemaTable.TABLES, row("table_name", table));
      all.add(SchemaTable.COLUMNS, column(table, "k", "partition_key"));
    }
    all.add(SchemaTable.VIEWS, row("view_name", "v", "base_table_name", "a"));
    all.add(SchemaTable.COLUMNS, column("v", "k", "partition_key"));
    KeyspaceMetadata before = built(all, null, Set.of());
    assertThat(before.table("a").views()).containsOnlyKeys("v");

    KeyspaceRows none = new KeyspaceRows(row("keyspace_name", "ks"), false);
    assertThat(built(none, before, Set.of("x"))).as("nothing was there or is").isSameAs(before);
    KeyspaceMetadata after = built(none, before, Set.of("v", "c"));
    assertThat(after.views()).isEmpty();
    assertThat(after.tables()).containsOnlyKeys("a", "b");
    assertThat(after.table("a").views()).isEmpty();
    assertThat(after.table("b")).isSameAs(before.table("b"));

    KeyspaceRows view = new KeyspaceRows(row("keyspace_name", "ks"), false);
    view.add(SchemaTable.VIEWS, row("view_name", "v", "base_table_name", "a"));
    view.add(SchemaTable.COLUMNS, column("v", "k", "partition_key"));
    KeyspaceMetadata again = built(view, after, Set.of("v"));
    assertThat(again.table("a")).isEqualTo(before.table("a"));
    assertThat(again.view("v")).isEqualTo(before.view("v"));
  }

  private static KeyspaceMetadata built(
      KeyspaceRows rows, KeyspaceMetadata before, Set<String> only) {
    List<String> skipped = new ArrayList<>();
    KeyspaceBuilder builder = new KeyspaceBuilder("ks", rows, before, only, skipped::add);
    while (builder.step()) {
      assertThat(skipped).isEmpty();
    }
    assertThat(builder.lacksType()).isFalse();
    return builder.build();
  }

  @Test
  void aChainOfTypesIsFollowedToABound() {
    KeyspaceRows rows = new KeyspaceRows(row("keyspace_name", "ks"), false);
    for (int i = 0; i < TABLES; i++) {
      rows.add(SchemaTable.TYPES, type("t" + i, "frozen<t" + (i + 1) + ">"));
    }
    List<String> skipped = new ArrayList<>();
    KeyspaceBuilder builder = new KeyspaceBuilder("ks", rows, null, Set.of(), skipped::add);
    while (builder.step()) {
      touched = 0;
    }
    assertThat(builder.build().types()).containsKeys("t0", "t" + (TABLES - 1));
    assertThat(skipped).isNotEmpty().allSatisfy(text -> assertThat(text).contains("deep"));
  }

  @Test
  void markingCostsABoundedNumberOfNames() {
    SchemaScope scope = new SchemaScope();
    for (int i = 0; i < 100_000; i++) {
      scope.add("ks" + i);
      assertThat(scope.names().size()).isLessThan(50);
    }
    assertThat(scope.isAll()).isTrue();
    assertThat(scope.names()).isEmpty();
  }

  @Test
  void tablesAreMarkedUntilTheirKeyspaceIsNoMoreWork() {
    SchemaScope scope = new SchemaScope();
    scope.add("ks", "a");
    scope.add("ks", "b");
    assertThat(scope.onlyTables()).containsExactlyInAnyOrder("a", "b");
    SchemaScope more = new SchemaScope();
    more.add("ks", "c");
    scope.add(more);
    assertThat(scope.onlyTables()).hasSize(3);
    assertThat(scope.covers("ks")).isTrue();
    for (int i = 0; i < 100_000; i++) {
      scope.add("ks", "t" + i);
      assertThat(scope.onlyTables().size()).isLessThan(50);
    }
    assertThat(scope.onlyTables()).as("the whole keyspace").isEmpty();
    assertThat(scope.names()).containsExactly("ks");
    assertThat(scope.isAll()).isFalse();

    more.add("other", "a");
    assertThat(more.onlyTables()).as("of two keyspaces").isEmpty();
    assertThat(more.names()).containsExactlyInAnyOrder("ks", "other");
    more.add("other");
    assertThat(more.covers("other")).isTrue();
    for (int i = 0; i < 100; i++) {
      more.add("ks" + i, "t");
    }
    assertThat(more.isAll()).isTrue();
  }

  private static KeyspaceMetadata keyspace(Map<String, TableMetadata> tables) {
    return new KeyspaceMetadata(
        "ks", false, true, Map.of(), Map.of(), Map.of(), Map.of(), tables, Map.of());
  }

  /** A table that equals no other, and counts when it is compared. */
  private TableMetadata table(String name) {
    Object probe =
        new Object() {
          @Override
          public boolean equals(Object other) {
            touched++;
            return false;
          }

          @Override
          public int hashCode() {
            return 0;
          }
        };
    return new TableMetadata(
        "ks", name, null, false, List.of(), Map.of("probe", probe), Set.of(), Map.of(), Map.of());
  }

  private Row column(String table, String name, String kind) {
    return row("table_name", table, "column_name", name, "kind", kind, "type", "int");
  }

  private Row type(String name, String field) {
    return row(
        Map.of("type_name", name, "field_names", List.of("f"), "field_types", List.of(field)));
  }

  private Row row(String... cells) {
    Map<String, Object> byName = new HashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      byName.put(cells[i], cells[i + 1]);
    }
    return row(byName);
  }

  /** A row that counts how often a cell is looked at. */
  private Row row(Map<String, Object> cells) {
    List<String> names = List.copyOf(cells.keySet());
    Columns columns =
        Columns.of(
            names.stream().map(name -> new Column("ks", "t", name, PrimitiveType.TEXT)).toList());
    return (Row)
        Proxy.newProxyInstance(
            Row.class.getClassLoader(),
            new Class<?>[] {Row.class},
            (proxy, method, arguments) -> {
              touched++;
              if (method.getName().equals("columns")) {
                return columns;
              }
              Object at = arguments[0];
              Object cell = cells.get(at instanceof Integer index ? names.get(index) : at);
              return method.getName().equals("isNull") ? cell == null : cell;
            });
  }
}
