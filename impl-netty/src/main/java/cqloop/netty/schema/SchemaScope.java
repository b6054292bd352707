package cqloop.netty.schema;

import java.util.HashSet;
import java.util.Set;

/**
 * Home-loop-owned. Which keyspaces are to be read: a few by name, or all. Marking costs a bounded
 * number of names, however many changes are announced.
 */
final class SchemaScope {

  /** With more keyspaces than this, reading all is no more work. */
  private static final int MOST_NAMES = 32;

  private final Set<String> names = new HashSet<>();
  private boolean all;

  void addAll() {
    all = true;
    names.clear();
  }

  void add(String keyspace) {
    if (!all) {
      names.add(keyspace);
      if (names.size() > MOST_NAMES) {
        addAll();
      }
    }
  }

  void add(SchemaScope other) {
    if (other.all) {
      addAll();
    } else {
      other.names.forEach(this::add);
    }
  }

  boolean isEmpty() {
    return !all && names.isEmpty();
  }

  boolean isAll() {
    return all;
  }

  boolean covers(String keyspace) {
    return all || names.contains(keyspace);
  }

  /** Returns the names; empty when all are to be read. */
  Set<String> names() {
    return names;
  }

  @Override
  public String toString() {
    return all ? "all keyspaces" : "keyspaces " + names;
  }
}
