package cqloop.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Owned by the main thread. What the tour prints: chapters with their time, lines and tables. */
final class Screen {
  private static final int WIDEST_CELL = 56;

  private final PrintStream out;
  private final boolean coloured;
  private final long startNanos = System.nanoTime();

  Screen(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  /** Coloured on a terminal only, and never when NO_COLOR is set. */
  static Screen ofStandardOutput() {
    return new Screen(System.out, Ansi.AUTO.enabled());
  }

  void title(String text) {
    out.println();
    out.println(style("1;36", text));
  }

  /** Begins a chapter, whose time runs until {@link Chapter#end}. */
  Chapter chapter(String name) {
    out.println();
    out.println(style("1", name));
    out.flush();
    return new Chapter();
  }

  void end(String text) {
    out.println();
    out.println(style("1;32", text) + style("2", "  " + elapsed(startNanos) + " in all."));
    out.println();
  }

  void failure(String message) {
    out.println();
    out.println(style("1;31", "failed: ") + message);
    out.println();
  }

  private String style(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static String elapsed(long sinceNanos) {
    double millis = (System.nanoTime() - sinceNanos) / 1e6;
    return millis < 1000
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  /** Owned by the main thread. One part of the tour. */
  final class Chapter {
    private final long beganNanos = System.nanoTime();

    private Chapter() {}

    void say(String text) {
      out.println("  " + text);
      out.flush();
    }

    /** Shows a statement. */
    void cql(String text) {
      out.println("  " + style("36", text));
    }

    /** Shows rows in columns; the first row is the heading. */
    void table(List<List<String>> rows) {
      int columns = rows.get(0).size();
      int[] widths = new int[columns];
      List<List<String>> cells = new ArrayList<>();
      for (List<String> row : rows) {
        List<String> shortened = row.stream().map(Screen::shorten).toList();
        cells.add(shortened);
        for (int i = 0; i < columns; i++) {
          widths[i] = Math.max(widths[i], shortened.get(i).length());
        }
      }
      for (int i = 0; i < cells.size(); i++) {
        StringBuilder line = new StringBuilder();
        for (int j = 0; j < columns; j++) {
          line.append(cells.get(i).get(j));
          line.append(" ".repeat(widths[j] - cells.get(i).get(j).length() + 2));
        }
        String text = line.toString().stripTrailing();
        out.println("    " + (i == 0 ? style("2", text) : text));
      }
    }

    void end() {
      out.println(style("2", "  took " + elapsed(beganNanos)));
      out.flush();
    }
  }

  private static String shorten(String text) {
    return text.length() <= WIDEST_CELL ? text : text.substring(0, WIDEST_CELL - 3) + "...";
  }
}
