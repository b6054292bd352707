package cqloop.netty.cluster;

import cqloop.metadata.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. Which keyspaces of ScyllaDB have tablets, and the tablets of their tables that nodes have
 * told of. The nodes of such a keyspace that follow a token on the ring mean nothing: as long as
 * the tablet of a key is not known, its replicas are not known either.
 *
 * <p>There are bounds to what is kept. A tablet beyond them that replaces no other is left out, and
 * requests to it go where load balancing sends them, as before it was told of.
 */
public final class TabletMap {

  /** No keyspace has tablets: so it is with every server but ScyllaDB. */
  public static final TabletMap NONE = new TabletMap(Map.of(), Set.of());

  /** The largest table that is known of, in tablets; larger ones are followed in part. */
  static final int MAX_OF_TABLE = 32_768;

  /** Of all tables together: with three replicas each they take some 25 MB. */
  static final int MAX_TABLETS = 131_072;

  private final Map<String, Map<String, TabletTable>> keyspaces;

  /** Those that the server listed; others are known by what nodes told of their tables. */
  private final Set<String> listed;

  private final int size;
  private final boolean full;

  private TabletMap(Map<String, Map<String, TabletTable>> keyspaces, Set<String> listed) {
    this.keyspaces = keyspaces;
    this.listed = listed;
    int sum = 0;
    boolean isFull = false;
    for (Map<String, TabletTable> tables : keyspaces.values()) {
      sum += size(tables);
      for (TabletTable table : tables.values()) {
        isFull |= table.size() >= MAX_OF_TABLE;
      }
    }
    this.size = sum;
    this.full = isFull || sum >= MAX_TABLETS;
  }

  private static int size(Map<String, TabletTable> tables) {
    int sum = 0;
    for (TabletTable table : tables.values()) {
      sum += table.size();
    }
    return sum;
  }

  /** Tells whether the tables of a keyspace have tablets. */
  public boolean has(@Nullable String keyspace) {
    return this != NONE && keyspace != null && keyspaces.containsKey(keyspace);
  }

  /** Returns the tablet that a token belongs to, or null when it is not known. */
  public @Nullable Tablet find(@Nullable String keyspace, @Nullable String table, long token) {
    Map<String, TabletTable> tables = keyspace == null ? null : keyspaces.get(keyspace);
    TabletTable tablets = tables == null || table == null ? null : tables.get(table);
    return tablets == null ? null : tablets.find(token);
  }

  /** Returns how many tablets are known. */
  public int size() {
    return size;
  }

  /** Tells whether a bound is reached: some tablets may be left out. */
  public boolean isFull() {
    return full;
  }

  /** Returns the keyspaces that have tablets. */
  Set<String> keyspaces() {
    return keyspaces.keySet();
  }

  /**
   * Returns this with tablets that nodes have told of, in the order in which they did; this itself
   * when they say nothing new.
   */
  public TabletMap with(Collection<LearntTablet> learnt) {
    Map<String, Map<String, List<Tablet>>> byTable = new LinkedHashMap<>();
    for (LearntTablet one : learnt) {
      byTable
          .computeIfAbsent(one.keyspace(), name -> new LinkedHashMap<>())
          .computeIfAbsent(one.table(), name -> new ArrayList<>())
          .add(one.tablet());
    }
    Map<String, Map<String, TabletTable>> newer = new HashMap<>(keyspaces);
    int sum = size;
    for (Map.Entry<String, Map<String, List<Tablet>>> told : byTable.entrySet()) {
      Map<String, TabletTable> before = newer.getOrDefault(told.getKey(), Map.of());
      Map<String, TabletTable> after = with(before, told.getValue(), sum);
      if (after != before) {
        sum += size(after) - size(before);
        newer.put(told.getKey(), after);
      }
    }
    return changed(newer, listed);
  }

  private static Map<String, TabletTable> with(
      Map<String, TabletTable> before, Map<String, List<Tablet>> told, int total) {
    Map<String, TabletTable> after = null;
    int sum = total;
    for (Map.Entry<String, List<Tablet>> of : told.entrySet()) {
      TabletTable table = before.getOrDefault(of.getKey(), TabletTable.EMPTY);
      int room = Math.min(MAX_OF_TABLE, table.size() + MAX_TABLETS - sum);
      TabletTable merged = table.with(of.getValue(), room);
      if (merged != table) {
        sum += merged.size() - table.size();
        after = after == null ? new HashMap<>(before) : after;
        after.put(of.getKey(), merged);
      }
    }
    return after == null ? before : after;
  }

  /** Returns this without a table that was dropped. */
  public TabletMap withoutTable(String keyspace, String table) {
    Map<String, TabletTable> before = keyspaces.get(keyspace);
    if (before == null || !before.containsKey(table)) {
      return this;
    }
    Map<String, TabletTable> after = new HashMap<>(before);
    after.remove(table);
    Map<String, Map<String, TabletTable>> newer = new HashMap<>(keyspaces);
    newer.put(keyspace, after);
    return changed(newer, listed);
  }

  /** Returns this without a keyspace that was dropped. */
  public TabletMap withoutKeyspace(String keyspace) {
    Map<String, Map<String, TabletTable>> newer = new HashMap<>(keyspaces);
    newer.remove(keyspace);
    Set<String> rest = new HashSet<>(listed);
    rest.remove(keyspace);
    return changed(newer, rest);
  }

  /**
   * Returns this as it is after the cluster was read. Tablets on nodes that have left are
   * forgotten: what became of them is told by the next answer.
   *
   * @param present every keyspace that there is
   * @param newlyListed those that have tablets; null when the server does not list them. One that
   *     was listed and is no more has none; one of which nodes told keeps them as long as it exists
   */
  TabletMap inCluster(
      Topology before, Topology now, Set<String> present, @Nullable Set<String> newlyListed) {
    Set<UUID> gone = gone(before, now);
    Set<String> nowListed = newlyListed == null ? listed : newlyListed;
    Map<String, Map<String, TabletTable>> newer = new HashMap<>();
    keyspaces.forEach(
        (name, tables) -> {
          boolean isTold = present.contains(name) && !listed.contains(name);
          if (isTold || nowListed.contains(name)) {
            newer.put(name, without(tables, gone));
          }
        });
    nowListed.forEach(name -> newer.putIfAbsent(name, Map.of()));
    return changed(newer, nowListed);
  }

  private static Set<UUID> gone(Topology before, Topology now) {
    Set<UUID> gone = new HashSet<>();
    before
        .nodes()
        .forEach(
            node -> {
              if (node.hostId() != null && now.node(node.hostId()) == null) {
                gone.add(node.hostId());
              }
            });
    return gone;
  }

  private static Map<String, TabletTable> without(Map<String, TabletTable> tables, Set<UUID> gone) {
    if (gone.isEmpty()) {
      return tables;
    }
    Map<String, TabletTable> rest = new HashMap<>();
    tables.forEach((name, table) -> rest.put(name, table.without(gone)));
    return rest;
  }

  private TabletMap changed(Map<String, Map<String, TabletTable>> newer, Set<String> nowListed) {
    if (newer.isEmpty()) {
      return NONE;
    }
    // Tables have no equality but identity, which is meant.
    return newer.equals(keyspaces) && nowListed.equals(listed)
        ? this
        : new TabletMap(newer, nowListed);
  }
}
