package cqloop.netty.schema;

import cqloop.metadata.IndexMetadata;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.SchemaObject;
import cqloop.metadata.SchemaUpdate;
import cqloop.metadata.SchemaUpdate.Change;
import cqloop.metadata.TableMetadata;
import cqloop.metadata.ViewMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Finds what differs between two snapshots that share the objects that are equal,
 * one object at a step: dropped objects first, from the inside out, then new and changed ones, from
 * the outside in.
 */
final class SchemaDifference {

  private final SchemaMetadata before;
  private final SchemaMetadata after;
  private final Parts keyspaces = new Parts();
  private Parts objects = new Parts();
  private final List<SchemaUpdate> dropped = new ArrayList<>();
  private final List<SchemaUpdate> made = new ArrayList<>();

  SchemaDifference(SchemaMetadata before, SchemaMetadata after) {
    this.before = before;
    this.after = after;
    keyspaces.addEach(before.keyspaces().values(), this::compare);
    keyspaces.addEach(after.keyspaces().values(), this::addIfNew);
  }

  SchemaMetadata after() {
    return after;
  }

  /** Does one step; returns whether there are more. */
  boolean step() {
    if (objects.step()) {
      return true;
    }
    boolean hasMore = keyspaces.step();
    return hasMore || !objects.isEmpty();
  }

  /** Returns what differs, after the last step. */
  List<SchemaUpdate> updates() {
    List<SchemaUpdate> all = new ArrayList<>(dropped);
    all.addAll(made);
    return all;
  }

  private void compare(KeyspaceMetadata known) {
    KeyspaceMetadata now = after.keyspaces().get(known.name());
    if (now != known) {
      plan(known, now);
    }
  }

  private void addIfNew(KeyspaceMetadata now) {
    if (!before.keyspaces().containsKey(now.name())) {
      plan(null, now);
    }
  }

  private void plan(@Nullable KeyspaceMetadata known, @Nullable KeyspaceMetadata now) {
    KeyspaceMetadata old = known == null ? empty(Objects.requireNonNull(now)) : known;
    KeyspaceMetadata next = now == null ? empty(old) : now;
    if (known == null) {
      add(null, next);
    } else if (now != null && !sameKeyspace(known, now)) {
      add(known, now);
    }
    // What is dropped comes in the opposite order, from the list's end.
    int firstDropped = dropped.size();
    Parts parts = new Parts();
    plan(parts, old.types(), next.types(), (a, b) -> false);
    plan(parts, old.functions(), next.functions(), (a, b) -> false);
    plan(parts, old.aggregates(), next.aggregates(), (a, b) -> false);
    plan(parts, old.tables(), next.tables(), SchemaDifference::sameTable);
    planIndexes(parts, old.tables(), next.tables());
    plan(parts, old.views(), next.views(), (a, b) -> false);
    parts.add(
        () -> {
          Collections.reverse(dropped.subList(firstDropped, dropped.size()));
          if (now == null) {
            add(known, null);
          }
        });
    objects = parts;
  }

  /**
   * Plans the comparison of objects of one kind.
   *
   * @param same tells of two different objects whether they differ in what they contain only
   */
  private <T extends SchemaObject> void plan(
      Parts parts, Map<String, T> old, Map<String, T> now, BiPredicate<T, T> same) {
    parts.addEach(old.entrySet(), entry -> addIfDropped(entry.getValue(), now.get(entry.getKey())));
    parts.addEach(
        now.entrySet(), entry -> addIfMade(old.get(entry.getKey()), entry.getValue(), same));
  }

  /** A table has a few indexes: those of one are a step. */
  private void planIndexes(
      Parts parts, Map<String, TableMetadata> old, Map<String, TableMetadata> now) {
    parts.addEach(
        old.values(),
        known -> {
          Map<String, IndexMetadata> next = indexes(now.get(known.name()));
          if (next != known.indexes()) {
            known.indexes().forEach((name, index) -> addIfDropped(index, next.get(name)));
          }
        });
    parts.addEach(
        now.values(),
        table -> {
          Map<String, IndexMetadata> known = indexes(old.get(table.name()));
          if (known != table.indexes()) {
            table
                .indexes()
                .forEach((name, index) -> addIfMade(known.get(name), index, (a, b) -> false));
          }
        });
  }

  private static Map<String, IndexMetadata> indexes(@Nullable TableMetadata table) {
    return table == null ? Map.of() : table.indexes();
  }

  private void addIfDropped(SchemaObject known, @Nullable SchemaObject next) {
    if (next == null || isAnother(known, next)) {
      add(known, null);
    }
  }

  private <T extends SchemaObject> void addIfMade(
      @Nullable T known, T next, BiPredicate<T, T> same) {
    if (known == null || isAnother(known, next)) {
      add(null, next);
    } else if (known != next && !known.equals(next) && !same.test(known, next)) {
      add(known, next);
    }
  }

  private void add(@Nullable SchemaObject known, @Nullable SchemaObject now) {
    if (now == null) {
      dropped.add(new SchemaUpdate(Change.DROPPED, known, null, after));
    } else {
      made.add(
          new SchemaUpdate(known == null ? Change.CREATED : Change.UPDATED, known, now, after));
    }
  }

  /** Tells whether an object was dropped, and another one of its name created. */
  private static boolean isAnother(SchemaObject before, SchemaObject now) {
    UUID id = id(before);
    return id != null && !id.equals(id(now));
  }

  private static @Nullable UUID id(SchemaObject object) {
    return object instanceof TableMetadata table
        ? table.id()
        : object instanceof ViewMetadata view ? view.id() : null;
  }

  private static boolean sameKeyspace(KeyspaceMetadata a, KeyspaceMetadata b) {
    return a.durableWrites() == b.durableWrites() && a.replication().equals(b.replication());
  }

  /** Compares all but indexes and views, which have updates of their own. */
  private static boolean sameTable(TableMetadata a, TableMetadata b) {
    return a.columns().equals(b.columns())
        && a.options().equals(b.options())
        && a.flags().equals(b.flags());
  }

  private static KeyspaceMetadata empty(KeyspaceMetadata like) {
    return new KeyspaceMetadata(
        like.name(),
        like.isVirtual(),
        like.durableWrites(),
        like.replication(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
