package cqloop.bench.spi;

import java.util.List;

/**
 * Value. The schema and the statements of all workloads; their order is their number in the stub
 * server.
 */
public final class Statements {
  /** Number of distinct keys; a power of two. */
  public static final int KEYS = 4096;

  /**
   * Different keys that one request in flight asks for, in turn: the request with number s has the
   * keys from s times this on. All clients touch the data of a check in the same order, then.
   */
  public static final int KEYS_PER_REQUEST = 4;

  /** Rows of a page, also the page size that clients ask for. */
  public static final int PAGE_ROWS = 5000;

  /** Pages of the large stream: 1 M rows. */
  public static final int STREAM_PAGES = 200;

  /** Point select: 4 columns of one row. */
  public static final String POINT = "SELECT id, name, score, ratio FROM bench.item WHERE id = ?";

  /** Insert of 6 values, one of them a text of 1 KB. */
  public static final String INSERT =
      "INSERT INTO bench.doc (id, body, kind, weight, created, ref) VALUES (?, ?, ?, ?, ?, ?)";

  /** One page of 8 columns. */
  public static final String PAGE =
      "SELECT pk, ck, name, note, amount, active, created, ref FROM bench.page WHERE pk = ?";

  /** As many rows as the bound limit says: the rows of {@link #PAGE} again and again. */
  public static final String STREAM =
      "SELECT pk, ck, name, note, amount, active, created, ref FROM bench.stream WHERE pk = ?"
          + " LIMIT ?";

  /** The partition that pages and streams are read from. */
  public static final long PARTITION = 7;

  /** All statements; the index is the number of the statement. */
  public static final List<String> ALL = List.of(POINT, INSERT, PAGE, STREAM);

  /** What a real cluster must be told before the first run. */
  public static final List<String> SCHEMA =
      List.of(
          "CREATE KEYSPACE IF NOT EXISTS bench WITH replication ="
              + " {'class': 'SimpleStrategy', 'replication_factor': 1}",
          "CREATE TABLE IF NOT EXISTS bench.item"
              + " (id bigint PRIMARY KEY, name text, score int, ratio double)",
          "CREATE TABLE IF NOT EXISTS bench.doc (id bigint PRIMARY KEY, body text, kind int,"
              + " weight double, created timestamp, ref uuid)",
          rows("page"),
          rows("stream"));

  /**
   * How the rows of the point selects get into a real cluster; same order of values as the columns.
   */
  public static final String LOAD_ITEM =
      "INSERT INTO bench.item (id, name, score, ratio) VALUES (?, ?, ?, ?)";

  /** How the rows of a page get into a real cluster; same order of values as the columns. */
  public static final String LOAD_PAGE =
      "INSERT INTO bench.page (pk, ck, name, note, amount, active, created, ref)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private Statements() {}

  private static String rows(String table) {
    return "CREATE TABLE IF NOT EXISTS bench."
        + table
        + " (pk bigint, ck int, name text, note text, amount double, active boolean,"
        + " created timestamp, ref uuid, PRIMARY KEY (pk, ck))";
  }
}
