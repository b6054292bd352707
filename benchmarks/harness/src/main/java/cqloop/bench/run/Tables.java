package cqloop.bench.run;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Value. The medians of a run as Markdown tables, with ratios to the Apache driver and to the
 * floor.
 */
final class Tables {
  private static final String HEAD =
      "| client | req/s or rows/s | CPU µs | vs apache | vs raw-decode | bytes | vs apache |"
          + " p50 µs | p99 µs | p99.9 µs |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

  private final Samples samples;

  Tables(Samples samples) {
    this.samples = samples;
  }

  /** All tables. */
  String markdown() {
    StringBuilder out = new StringBuilder();
    for (String variant : samples.variants()) {
      for (String job : samples.jobs(variant)) {
        out.append("\n### ").append(variant).append(", ").append(job).append("\n\n");
        switch (job) {
          case Runner.FIRST_ROW -> firstRow(out, variant);
          case Runner.FACTS -> facts(out, variant);
          default -> load(out, variant, job);
        }
      }
    }
    return out.toString();
  }

  private void load(StringBuilder out, String variant, String job) {
    out.append(HEAD);
    for (ClientKind kind : ClientKind.values()) {
      if (get(variant, job, kind, "cpuMicros").isEmpty()) {
        continue;
      }
      out.append("| ").append(kind.label);
      cell(out, get(variant, job, kind, "perSecond"), 0);
      cell(out, get(variant, job, kind, "cpuMicros"), 3);
      ratio(out, variant, job, kind, ClientKind.APACHE, "cpuMicros");
      ratio(out, variant, job, kind, ClientKind.RAW_DECODE, "cpuMicros");
      cell(out, get(variant, job, kind, "bytes"), 0);
      ratio(out, variant, job, kind, ClientKind.APACHE, "bytes");
      cell(out, get(variant, job, kind, "p50"), 1);
      cell(out, get(variant, job, kind, "p99"), 1);
      cell(out, get(variant, job, kind, "p999"), 1);
      out.append(" |\n");
    }
  }

  private void firstRow(StringBuilder out, String variant) {
    out.append("| client | connect to first row ms | with Vert.x ms | JVM start ms | CPU ms |\n");
    out.append("|---|--:|--:|--:|--:|\n");
    for (ClientKind kind : ClientKind.values()) {
      row(
          out,
          variant,
          Runner.FIRST_ROW,
          kind,
          "connectMillis",
          "worldMillis",
          "jvmMillis",
          "cpuMillis");
    }
  }

  private void facts(StringBuilder out, String variant) {
    out.append("| client | connections | own threads | heap before MB | live heap MB |\n");
    out.append("|---|--:|--:|--:|--:|\n");
    for (ClientKind kind : ClientKind.values()) {
      row(out, variant, Runner.FACTS, kind, "connections", "threads", "heapBefore", "heap");
    }
  }

  private void row(
      StringBuilder out, String variant, String job, ClientKind kind, String... figures) {
    if (get(variant, job, kind, figures[0]).isEmpty()) {
      return;
    }
    out.append("| ").append(kind.label);
    for (String figure : figures) {
      OptionalDouble value = get(variant, job, kind, figure);
      boolean heap = figure.startsWith("heap");
      cell(
          out,
          heap && value.isPresent() ? OptionalDouble.of(value.getAsDouble() / 1e6) : value,
          heap ? 1 : 0);
    }
    out.append(" |\n");
  }

  private void ratio(
      StringBuilder out,
      String variant,
      String job,
      ClientKind kind,
      ClientKind base,
      String figure) {
    OptionalDouble value = get(variant, job, kind, figure);
    OptionalDouble divisor = get(variant, job, base, figure);
    boolean known = value.isPresent() && divisor.isPresent() && divisor.getAsDouble() > 0;
    out.append(" | ")
        .append(
            known
                ? String.format(Locale.ROOT, "%.2f", value.getAsDouble() / divisor.getAsDouble())
                : "");
  }

  private OptionalDouble get(String variant, String job, ClientKind kind, String figure) {
    return samples.median(variant, job, kind.label, figure);
  }

  private static void cell(StringBuilder out, OptionalDouble value, int digits) {
    out.append(" | ");
    if (value.isPresent()) {
      out.append(String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble()));
    }
  }
}
