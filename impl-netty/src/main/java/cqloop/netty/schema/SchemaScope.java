package cqloop.netty.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Home-loop-owned. What is to be read: some tables of keyspaces, a few keyspaces by name, or all.
 * Marking costs a bounded number of names, however many changes are announced.
 */
final class SchemaScope {

  /** With more keyspaces than this, reading all is no more work. */
  private static final int MOST_NAMES = 32;

  /** With more tables than this, reading their keyspace is hardly more work. */
  private static final int MOST_TABLES = 16;

  private final Set<String> names = new HashSet<>();
  private final Map<String, Set<String>> tables = new HashMap<>();
  private boolean all;

  void addAll() {
    all = true;
    names.clear();
    tables.clear();
  }

  /** Adds a keyspace with all that is in it. */
  void add(String keyspace) {
    if (!all) {
      tables.remove(keyspace);
      names.add(keyspace);
      limit();
    }
  }

  /** Adds one table or view. */
  void add(String keyspace, String table) {
    if (all || names.contains(keyspace)) {
      return;
    }
    Set<String> some = tables.computeIfAbsent(keyspace, first -> new HashSet<>());
    some.add(table);
    if (some.size() > MOST_TABLES) {
      add(keyspace);
    }
    limit();
  }

  void add(SchemaScope other) {
    if (other.all) {
      addAll();
    } else {
      other.names.forEach(this::add);
      other.tables.forEach((keyspace, some) -> some.forEach(table -> add(keyspace, table)));
    }
  }

  private void limit() {
    if (names.size() + tables.size() > MOST_NAMES) {
      addAll();
    }
  }

  boolean isEmpty() {
    return !all && names.isEmpty() && tables.isEmpty();
  }

  boolean isAll() {
    return all;
  }

  boolean covers(String keyspace) {
    return all || names.contains(keyspace) || tables.containsKey(keyspace);
  }

  /** Returns the names of keyspaces; empty when all are to be read. */
  Set<String> names() {
    Set<String> both = new HashSet<>(names);
    both.addAll(tables.keySet());
    return both;
  }

  /** Returns the tables to be read when they are of one keyspace and nothing else is; or none. */
  Set<String> onlyTables() {
    return names.isEmpty() && tables.size() == 1 ? tables.values().iterator().next() : Set.of();
  }

  @Override
  public String toString() {
    return all
        ? "all keyspaces"
        : tables.isEmpty()
            ? "keyspaces " + names
            : "keyspaces %s, tables %s".formatted(names, tables);
  }
}
