package cqloop.bench.load;

import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Origin;
import cqloop.bench.spi.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Facade. Drives a {@link BenchClient} with the common load loop. */
final class DriverLoad implements Load {
  private static final long PATIENCE_SECONDS = 60;

  private final BenchClient client;
  private Origin origin = Origin.CALLBACK;

  DriverLoad(BenchClient client) {
    this.client = client;
  }

  @Override
  public void prepareWorld(Target target) throws Exception {
    origin = target.origin();
    client.prepareWorld(target);
  }

  @Override
  public void connect(Target target) throws Exception {
    client.connect(target);
  }

  @Override
  public Tally run(Job job) throws Exception {
    if (origin == Origin.PLAIN) {
      return new PlainCaller(client, job).run();
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(job.millis());
    List<Lane> lanes = new ArrayList<>();
    int inFlight = Math.max(1, job.inFlight() / client.lanes());
    for (int i = 0; i < client.lanes(); i++) {
      Lane lane = new Lane(client, job, deadline);
      int firstNumber = i * inFlight;
      lanes.add(lane);
      client.enter(i, () -> lane.start(inFlight, firstNumber));
    }
    Tally sum = new Tally();
    for (Lane lane : lanes) {
      sum.add(lane.end().get(job.millis() + PATIENCE_SECONDS * 1000, TimeUnit.MILLISECONDS));
    }
    return sum;
  }

  @Override
  public void close() throws Exception {
    client.close();
  }
}
