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
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Finds what differs between two snapshots: dropped objects first, from the inside
 * out, then new and changed ones, from the outside in.
 */
final class SchemaDifference {

  private final SchemaMetadata after;
  private final List<SchemaUpdate> dropped = new ArrayList<>();
  private final List<SchemaUpdate> made = new ArrayList<>();

  private SchemaDifference(SchemaMetadata after) {
    this.after = after;
  }

  /** Returns the updates between two snapshots that share the objects that are equal. */
  static List<SchemaUpdate> of(SchemaMetadata before, SchemaMetadata after) {
    SchemaDifference difference = new SchemaDifference(after);
    for (KeyspaceMetadata known : before.keyspaces().values()) {
      KeyspaceMetadata now = after.keyspaces().get(known.name());
      if (now != known) {
        difference.addKeyspace(known, now);
      }
    }
    for (KeyspaceMetadata now : after.keyspaces().values()) {
      if (!before.keyspaces().containsKey(now.name())) {
        difference.addKeyspace(null, now);
      }
    }
    List<SchemaUpdate> all = new ArrayList<>(difference.dropped);
    all.addAll(difference.made);
    return all;
  }

  private void addKeyspace(@Nullable KeyspaceMetadata before, @Nullable KeyspaceMetadata now) {
    KeyspaceMetadata known = before == null ? empty(Objects.requireNonNull(now)) : before;
    KeyspaceMetadata next = now == null ? empty(known) : now;
    if (before == null) {
      add(null, next);
    } else if (now != null && !sameKeyspace(before, now)) {
      add(before, now);
    }
    // What is dropped comes in the opposite order, from the list's end.
    int firstDropped = dropped.size();
    addAll(known.types(), next.types(), (a, b) -> false);
    addAll(known.functions(), next.functions(), (a, b) -> false);
    addAll(known.aggregates(), next.aggregates(), (a, b) -> false);
    addAll(known.tables(), next.tables(), SchemaDifference::sameTable);
    addAll(indexes(known), indexes(next), (a, b) -> false);
    addAll(known.views(), next.views(), (a, b) -> false);
    Collections.reverse(dropped.subList(firstDropped, dropped.size()));
    if (now == null) {
      add(before, null);
    }
  }

  /**
   * Adds the updates of objects of one kind.
   *
   * @param same tells of two different objects whether they differ in what they contain only
   */
  private <T extends SchemaObject> void addAll(
      Map<String, T> before, Map<String, T> now, BiPredicate<T, T> same) {
    if (before == now) {
      return;
    }
    before.forEach(
        (key, known) -> {
          T next = now.get(key);
          if (next == null || isAnother(known, next)) {
            add(known, null);
          }
        });
    now.forEach(
        (key, next) -> {
          T known = before.get(key);
          if (known == null || isAnother(known, next)) {
            add(null, next);
          } else if (known != next && !known.equals(next) && !same.test(known, next)) {
            add(known, next);
          }
        });
  }

  private void add(@Nullable SchemaObject before, @Nullable SchemaObject now) {
    if (now == null) {
      dropped.add(new SchemaUpdate(Change.DROPPED, before, null, after));
    } else {
      made.add(
          new SchemaUpdate(before == null ? Change.CREATED : Change.UPDATED, before, now, after));
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

  private static Map<String, IndexMetadata> indexes(KeyspaceMetadata keyspace) {
    Map<String, IndexMetadata> all = new TreeMap<>();
    keyspace.indexes().forEach(index -> all.put(index.table() + '/' + index.name(), index));
    return all;
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
