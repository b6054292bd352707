package cqloop.netty.schema;

import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.InvalidQuery;
import cqloop.error.SchemaNotAvailable;
import cqloop.error.SyntaxError;
import cqloop.error.Unauthorized;
import cqloop.error.UnexpectedResponse;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.TableMetadata;
import cqloop.netty.cluster.SystemQuery;
import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.loop.Slices;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. One reading of the schema: asks which keyspaces there are, reads the tables page
 * by page, all of them side by side, and makes the objects of the rows in slices.
 */
final class SchemaReading {

  private static final String VERSION = "SELECT schema_version FROM system.local WHERE key='local'";

  private static final int PAGE_SIZE = 1000;

  /** Five million rows of one table: no schema has so many, a server that pages in circles has. */
  private static final int MOST_PAGES = 5000;

  /** More names than this are not listed in a query: all rows are read, and some dropped. */
  private static final int MOST_NAMES = 50;

  /**
   * Value. What a reading gave.
   *
   * @param keyspaces the keyspaces that were read and are there
   * @param version of the schema when the reading began; null when the server told none
   * @param skipped how many objects could not be understood
   * @param firstSkipped the first of them, and why
   */
  record Result(
      Map<String, KeyspaceMetadata> keyspaces,
      @Nullable UUID version,
      int skipped,
      String firstSkipped) {}

  /** Value. Some rows of one of the tables. */
  private record Rows(SchemaTable from, RowSet rows) {}

  /**
   * Value. What readings have in common.
   *
   * @param missing tables that this server is known not to have; readings add to it
   */
  record World(
      EventLoop loop, Deadlines deadlines, KeyspaceFilter filter, Set<SchemaTable> missing) {}

  private final EventLoop loop;
  private final Deadlines deadlines;
  private final KeyspaceFilter filter;
  private final Set<SchemaTable> missing;
  private final Connection connection;
  private final SchemaScope scope;
  private final @Nullable SchemaMetadata before;
  private final Completable<Result> done;

  private final ArrayDeque<Rows> pages = new ArrayDeque<>();
  private final Map<String, KeyspaceRows> found = new TreeMap<>();
  private final Map<String, KeyspaceMetadata> built = new HashMap<>();
  private @Nullable UUID version;

  /** What alone is read of the one keyspace; empty when nothing is left out. */
  private Set<String> only;

  private int open;
  private @Nullable Runnable next;
  private @Nullable Iterator<Row> rows;
  private @Nullable SchemaTable rowsFrom;
  private @Nullable Iterator<Map.Entry<String, KeyspaceRows>> keyspaces;
  private @Nullable KeyspaceBuilder builder;
  private String building = "";
  private String timeout;
  private boolean ended;
  private int skipped;
  private String firstSkipped = "";

  /**
   * @param before the snapshot whose objects are kept where they are equal
   * @param done completed on the loop, once
   */
  SchemaReading(
      World world,
      Connection connection,
      SchemaScope scope,
      @Nullable SchemaMetadata before,
      Completable<Result> done) {
    this.loop = world.loop;
    this.deadlines = world.deadlines;
    this.filter = world.filter;
    this.missing = world.missing;
    this.connection = connection;
    this.scope = scope;
    this.before = before;
    this.done = done;
    this.only = only(scope, before);
    this.timeout = SystemQuery.timeoutClause(connection);
  }

  /** The tables to be read, with their views, whose columns follow theirs. */
  private static Set<String> only(SchemaScope scope, @Nullable SchemaMetadata before) {
    Set<String> names = scope.onlyTables();
    KeyspaceMetadata known =
        names.isEmpty() || before == null
            ? null
            : before.keyspaces().get(scope.names().iterator().next());
    if (known == null) {
      return Set.of();
    }
    Set<String> all = new TreeSet<>(names);
    for (String name : names) {
      TableMetadata table = known.tables().get(name);
      if (table != null) {
        all.addAll(table.views().keySet());
      }
    }
    return all;
  }

  void start() {
    open = 1;
    // The version first: a change during the reading then shows as a difference at the next check.
    readVersion(
        connection,
        deadlines,
        (read, failure) -> {
          version = read;
          if (failure != null) {
            fail(failure);
            return;
          }
          String where = scope.isAll() ? "" : where(scope.names());
          read(SchemaTable.KEYSPACES, where);
          if (only.isEmpty()) {
            read(SchemaTable.VIRTUAL_KEYSPACES, where);
          }
          readDone(() -> slice(this::list, this::readContents));
        });
  }

  /** Asks a node for the version of its schema; null when it tells none. */
  static void readVersion(
      Connection connection, Deadlines deadlines, Completable<@Nullable UUID> done) {
    SystemQuery.send(
        connection,
        deadlines,
        VERSION,
        (rows, failure) -> {
          if (failure != null) {
            done.fail(failure);
            return;
          }
          Row row = rows.first();
          done.succeed(row == null ? null : Cell.uuid(row, "schema_version"));
        });
  }

  private static String where(Set<String> names) {
    return " WHERE keyspace_name" + isOneOf(names);
  }

  private static String isOneOf(Set<String> names) {
    return names.size() == 1
        ? " = " + Names.string(names.iterator().next())
        : " IN " + Names.strings(names);
  }

  /** Notes one keyspace, if it is to be followed. */
  private boolean list() {
    Row row = nextRow();
    if (row == null) {
      return false;
    }
    String name = Cell.text(row, "keyspace_name");
    if (!name.isEmpty() && filter.accepts(name) && scope.covers(name)) {
      found.put(name, new KeyspaceRows(row, rowsFrom == SchemaTable.VIRTUAL_KEYSPACES));
    }
    return true;
  }

  private void readContents() {
    if (found.isEmpty()) {
      end();
      return;
    }
    boolean named = !(scope.isAll() && filter.acceptsAll()) && found.size() <= MOST_NAMES;
    String where = named ? where(found.keySet()) : "";
    open = 1;
    for (SchemaTable table : SchemaTable.values()) {
      String column = table.tableColumn();
      if (only.isEmpty() ? !table.listsKeyspaces() : !column.isEmpty()) {
        read(table, only.isEmpty() ? where : where + " AND " + column + isOneOf(only));
      }
    }
    readDone(() -> slice(this::group, this::onGrouped));
  }

  private void read(SchemaTable table, String where) {
    if (!missing.contains(table)) {
      open++;
      readPage(table, "SELECT * FROM " + table.table() + where, null, 1);
    }
  }

  private void readPage(SchemaTable table, String cql, byte @Nullable [] from, int number) {
    String clause = timeout;
    SystemQuery.sendPage(
        connection,
        deadlines,
        cql + clause,
        PAGE_SIZE,
        from,
        (page, failure) -> {
          if (ended) {
            return;
          }
          if (failure instanceof SyntaxError && !clause.isEmpty()) {
            // ScyllaDB before 4.4 has no such clause.
            timeout = "";
            readPage(table, cql, from, number);
            return;
          }
          if (failure != null) {
            onFailed(table, failure);
            return;
          }
          pages.add(new Rows(table, page.rows()));
          if (page.next() == null) {
            pageDone();
          } else if (number == MOST_PAGES) {
            fail(
                new SchemaNotAvailable(
                    "table %s of %s has more than %s pages of %s rows"
                        .formatted(table.table(), connection.endpoint(), MOST_PAGES, PAGE_SIZE)));
          } else {
            readPage(table, cql, page.next(), number + 1);
          }
        });
  }

  /** A server without one of the tables refuses the query, each in its own way. */
  private void onFailed(SchemaTable table, Throwable failure) {
    boolean isRefusal =
        failure instanceof InvalidQuery
            || failure instanceof Unauthorized
            || failure instanceof UnexpectedResponse;
    if (table.isRequired() || !isRefusal) {
      fail(failure);
    } else {
      missing.add(table);
      pageDone();
    }
  }

  private void readDone(Runnable then) {
    next = then;
    pageDone();
  }

  private void pageDone() {
    open--;
    if (open == 0 && !ended && next != null) {
      next.run();
    }
  }

  private @Nullable Row nextRow() {
    while (rows == null || !rows.hasNext()) {
      Rows page = pages.poll();
      if (page == null) {
        return null;
      }
      rows = page.rows().iterator();
      rowsFrom = page.from();
    }
    return rows.next();
  }

  /** Hands one row to its keyspace. */
  private boolean group() {
    Row row = nextRow();
    if (row == null) {
      return false;
    }
    KeyspaceRows keyspace = found.get(Cell.text(row, "keyspace_name"));
    if (keyspace != null && rowsFrom != null) {
      keyspace.add(rowsFrom, row);
    }
    return true;
  }

  private void onGrouped() {
    keyspaces = found.entrySet().iterator();
    slice(this::build, this::end);
  }

  private void slice(BooleanSupplier work, Runnable then) {
    Slices.run(
        loop,
        work,
        (nothing, broken) -> {
          if (broken == null) {
            then.run();
          } else {
            fail(broken);
          }
        });
  }

  /** Does one step of the keyspace at hand, or begins with the next. */
  private boolean build() {
    if (builder != null) {
      if (!builder.step()) {
        if (!only.isEmpty() && builder.lacksType()) {
          return false;
        }
        built.put(building, builder.build());
        builder = null;
      }
      return true;
    }
    if (keyspaces == null || !keyspaces.hasNext()) {
      return false;
    }
    Map.Entry<String, KeyspaceRows> entry = keyspaces.next();
    building = entry.getKey();
    KeyspaceMetadata known = before == null ? null : before.keyspaces().get(building);
    builder = new KeyspaceBuilder(building, entry.getValue(), known, only, this::onSkipped);
    return true;
  }

  private void onSkipped(String what) {
    if (skipped++ == 0) {
      firstSkipped = what;
    }
  }

  private void end() {
    if (builder != null) {
      // A table is made of a type that is not known yet: all of the keyspace is read.
      builder = null;
      only = Set.of();
      found.clear();
      skipped = 0;
      start();
      return;
    }
    if (!ended) {
      ended = true;
      done.succeed(new Result(built, version, skipped, firstSkipped));
    }
  }

  private void fail(Throwable failure) {
    if (!ended) {
      ended = true;
      done.fail(failure);
    }
  }
}
