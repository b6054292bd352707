package cqloop.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** All measurements of a run; medians over the rounds. */
final class Samples {
  private final List<Sample> all = new ArrayList<>();

  void add(Sample sample) {
    all.add(sample);
  }

  /** Labels of the variants in the order of the run. */
  Set<String> variants() {
    Set<String> labels = new LinkedHashSet<>();
    all.forEach(sample -> labels.add(sample.variant()));
    return labels;
  }

  /** Jobs of a variant in the order of the run. */
  Set<String> jobs(String variant) {
    Set<String> labels = new LinkedHashSet<>();
    for (Sample sample : all) {
      if (sample.variant().equals(variant)) {
        labels.add(sample.job());
      }
    }
    return labels;
  }

  /** Median of a figure over the rounds; empty if this client did not run that job. */
  OptionalDouble median(String variant, String job, String client, String figure) {
    List<Double> values = new ArrayList<>();
    for (Sample sample : all) {
      Double value = sample.figures().get(figure);
      boolean same =
          sample.variant().equals(variant)
              && sample.job().equals(job)
              && sample.client().equals(client);
      if (same && value != null) {
        values.add(value);
      }
    }
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    Collections.sort(values);
    int middle = values.size() / 2;
    return OptionalDouble.of(
        values.size() % 2 == 1
            ? values.get(middle)
            : (values.get(middle - 1) + values.get(middle)) / 2);
  }
}
