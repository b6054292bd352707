package cqloop.bench.spi;

/**
 * A driver under test behind the thinnest possible layer. The load loop calls the four requests
 * only from the thread that {@link #enter} gave it, or from inside the completion of an earlier
 * request of the same lane.
 */
public interface BenchClient extends AutoCloseable {
  /**
   * Starts what an application would have anyway (Vert.x), so that it is not counted as the
   * driver's.
   */
  void prepareWorld(Target target) throws Exception;

  /**
   * Connects and prepares the statements of {@link Statements}; returns when requests can be sent.
   */
  void connect(Target target) throws Exception;

  /** Returns how many independent callers there are: one, or one per event loop. */
  int lanes();

  /**
   * Runs {@code body} where the caller of this lane lives. Completions of requests sent by the lane
   * must arrive one after the other.
   */
  void enter(int lane, Runnable body);

  /** Reads one row of 4 columns and checks every value with {@link Values#pointMatches}. */
  void pointSelect(int key, Completion done);

  /** Writes one row of 6 values, the ones that {@link Values} derives from the key. */
  void insert(int key, Completion done);

  /**
   * Reads one page of {@link Statements#PAGE_ROWS} rows, every column, checked by {@link
   * Values#rowMatches}.
   */
  void pageScan(Completion done);

  /**
   * Reads {@code pages} pages one after the other through the client's way to stream, every column
   * checked.
   */
  void stream(int pages, Completion done);

  @Override
  void close() throws Exception;
}
