package cqloop.bench.run;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Value. Bars of CPU and allocation per request or row, one panel per job: shorter is better. */
final class SvgPlot {
  private static final int PANEL_WIDTH = 460;
  private static final int LABEL_WIDTH = 130;
  private static final int VALUE_WIDTH = 80;
  private static final int BAR = 16;
  private static final int GAP = 6;
  private static final int TITLE = 34;
  private static final List<String> COLOURS =
      List.of("#9aa5b1", "#7b8794", "#1f77b4", "#d1495b", "#e08e45", "#8661c1");

  private final Samples samples;
  private final StringBuilder svg = new StringBuilder();

  SvgPlot(Samples samples) {
    this.samples = samples;
  }

  /** The whole picture. */
  String draw() {
    int y = 0;
    for (String variant : samples.variants()) {
      for (String job : samples.jobs(variant)) {
        if (!job.equals(Runner.FACTS) && !job.equals(Runner.FIRST_ROW)) {
          int left = panel(variant, job, "cpuMicros", "CPU µs", 0, y);
          int right = panel(variant, job, "bytes", "allocated bytes", PANEL_WIDTH, y);
          y += Math.max(left, right);
        }
      }
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            2 * PANEL_WIDTH,
            y + GAP)
        + svg
        + "</svg>\n";
  }

  /** Draws one panel and returns its height. */
  private int panel(String variant, String job, String figure, String unit, int x, int y) {
    double longest = 0;
    for (ClientKind kind : ClientKind.values()) {
      longest = Math.max(longest, get(variant, job, kind, figure).orElse(0));
    }
    text(x + GAP, y + TITLE - 12, "bold", variant + ", " + job + ": " + unit + " per " + per(job));
    int at = y + TITLE;
    for (ClientKind kind : ClientKind.values()) {
      OptionalDouble value = get(variant, job, kind, figure);
      if (value.isPresent()) {
        bar(x, at, kind, value.getAsDouble(), longest);
        at += BAR + GAP;
      }
    }
    return at - y + GAP;
  }

  private void bar(int x, int y, ClientKind kind, double value, double longest) {
    int room = PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH;
    double width = longest > 0 ? Math.max(1, room * value / longest) : 1;
    text(x + GAP, y + BAR - 4, "normal", kind.label);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            x + LABEL_WIDTH,
            y,
            width,
            BAR,
            COLOURS.get(kind.ordinal())));
    String number = String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.0f", value);
    text((int) (x + LABEL_WIDTH + width + GAP), y + BAR - 4, "normal", number);
  }

  private void text(int x, int y, String weight, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>%n",
            x,
            y,
            weight,
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }

  private OptionalDouble get(String variant, String job, ClientKind kind, String figure) {
    return samples.median(variant, job, kind.label, figure);
  }

  private static String per(String job) {
    return job.startsWith("PAGE") || job.startsWith("STREAM") ? "row" : "request";
  }
}
