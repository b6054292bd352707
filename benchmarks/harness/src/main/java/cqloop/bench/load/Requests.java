package cqloop.bench.load;

import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import cqloop.bench.spi.Statements;

/** Value. Turns a workload into the call of a client. */
final class Requests {
  private Requests() {}

  /** The first key of the request in flight with this number. */
  static int firstKey(int number) {
    return number * Statements.KEYS_PER_REQUEST & Statements.KEYS - 1;
  }

  /** The key that follows one of the same request in flight. */
  static int nextKey(int key) {
    int withinRequest = Statements.KEYS_PER_REQUEST - 1;
    return key & ~withinRequest | key + 1 & withinRequest;
  }

  static void send(BenchClient client, Workload workload, int key, Completion done) {
    try {
      switch (workload) {
        case POINT -> client.pointSelect(key, done);
        case INSERT -> client.insert(key, done);
        case PAGE -> client.pageScan(done);
        case STREAM -> client.stream(Statements.STREAM_PAGES, done);
      }
    } catch (RuntimeException e) {
      done.fail(e);
    }
  }
}
