package cqloop.bench.load;

import cqloop.bench.spi.Target;

/**
 * What a client's JVM drives: a driver under the common loop, or the floor with a loop of its own.
 */
public interface Load extends AutoCloseable {
  /** Starts what is not counted as the driver's; see {@code BenchClient}. */
  void prepareWorld(Target target) throws Exception;

  /** Connects and prepares. */
  void connect(Target target) throws Exception;

  /** Runs a job to its end: no request is outstanding when this returns. */
  Tally run(Job job) throws Exception;

  @Override
  void close() throws Exception;
}
