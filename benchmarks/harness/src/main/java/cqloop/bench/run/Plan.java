package cqloop.bench.run;

import cqloop.bench.load.Job;
import cqloop.bench.load.Workload;
import cqloop.bench.spi.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Value. What a run measures.
 *
 * @param stages the jobs of each variant, in order
 * @param rounds how often each job is measured, the clients taking turns
 * @param firstWarmMillis point selects before all else in each JVM: most of the driver is compiled
 *     here
 * @param warmMillis warm-up of each job
 * @param freshJvms how many JVMs are started per client to measure the time to the first row
 */
record Plan(
    Map<Variant, List<Job>> stages,
    int rounds,
    long firstWarmMillis,
    long warmMillis,
    int freshJvms) {

  private static final Job POINT_1024 = job(Workload.POINT, 1024);
  private static final Job POINT_64 = job(Workload.POINT, 64);
  private static final Job POINT_256 = job(Workload.POINT, 256);
  private static final Job POINT_1 = job(Workload.POINT, 1);
  private static final Job INSERT_256 = job(Workload.INSERT, 256);
  private static final Job PAGE_2 = job(Workload.PAGE, 2);
  private static final Job STREAM_1 = job(Workload.STREAM, 1);

  private static final List<Job> EVERY_DAY =
      List.of(POINT_64, INSERT_256, PAGE_2, POINT_1024, POINT_1);

  /** What the first warm-up runs. */
  static Job warmUpJob() {
    return POINT_1024;
  }

  /** About three minutes. */
  static Plan shortForm() {
    return new Plan(Map.of(Variant.plain(4), EVERY_DAY), 3, 6000, 1500, 2);
  }

  /** All variants; about 25 minutes. */
  static Plan fullForm() {
    Map<Variant, List<Job>> stages = new LinkedHashMap<>();
    Variant v4 = Variant.plain(4);
    List<Job> all = new ArrayList<>(EVERY_DAY);
    all.add(STREAM_1);
    stages.put(v4, all);
    stages.put(Variant.plain(5), all);
    stages.put(v4.withLz4(), List.of(POINT_1024, INSERT_256, PAGE_2));
    stages.put(Variant.plain(5).withLz4(), List.of(POINT_1024, INSERT_256, PAGE_2));
    stages.put(v4.withTls(), List.of(POINT_256, PAGE_2));
    stages.put(v4.onEventLoops(2), List.of(POINT_1024, POINT_64));
    stages.put(v4.from(Origin.WORKER), List.of(POINT_1024, POINT_64));
    stages.put(v4.from(Origin.PLAIN), List.of(POINT_1024, POINT_64, POINT_1));
    return new Plan(stages, 5, 10_000, 3000, 5);
  }

  /** What can be run against a real cluster: the stream needs rows that only the stub has. */
  static Plan realForm() {
    return new Plan(Map.of(Variant.plain(5), EVERY_DAY), 3, 10_000, 3000, 2);
  }

  /** The same with another number of rounds, and only the variants whose label matches. */
  Plan with(int otherRounds, String variantPattern) {
    Map<Variant, List<Job>> chosen = new LinkedHashMap<>();
    stages.forEach(
        (variant, jobs) -> {
          if (variant.label().matches(variantPattern)) {
            chosen.put(variant, jobs);
          }
        });
    return new Plan(chosen, otherRounds, firstWarmMillis, warmMillis, freshJvms);
  }

  /** The same with other warm-ups. */
  Plan withWarmUp(long first, long each) {
    return new Plan(stages, rounds, first, each, freshJvms);
  }

  private static Job job(Workload workload, int inFlight) {
    return new Job(workload, inFlight, 1000);
  }
}
