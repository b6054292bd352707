package cqloop.bench.load;

import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import cqloop.bench.spi.Statements;

/** Value. Turns a workload into the call of a client. */
final class Requests {
  private static final int STRIDE = 617;

  private Requests() {}

  static int nextKey(int key) {
    return (key + STRIDE) & (Statements.KEYS - 1);
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
