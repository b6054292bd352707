package cqloop.testkit.node;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Commands for requests that carry no comment, chosen by a part of their text. */
final class Injections {
  private static final List<Injection> PENDING = new ArrayList<>();

  private Injections() {}

  /** Takes {@code TIMES TAB COMMAND TAB TEXT}; a statement that holds the text is hit. */
  static String add(String argument) {
    String[] words = argument.split("\t", 3);
    if (words.length < 3 || words[2].isEmpty()) {
      throw new IllegalArgumentException(
          "inject needs: TIMES, COMMAND and TEXT, separated by tabs");
    }
    Command command = Command.parse(words[1]);
    Commands.check(command);
    synchronized (PENDING) {
      PENDING.add(new Injection(Integer.parseInt(words[0]), command, words[2]));
    }
    return "injected";
  }

  static String clear() {
    synchronized (PENDING) {
      int left = PENDING.size();
      PENDING.clear();
      return "cleared " + left;
    }
  }

  /** The commands that are due for this statement; each is used up by one. */
  static List<Command> take(String cql) {
    List<Command> due = new ArrayList<>();
    synchronized (PENDING) {
      for (Iterator<Injection> all = PENDING.iterator(); all.hasNext(); ) {
        Injection injection = all.next();
        if (cql.contains(injection.text)) {
          due.add(injection.command);
          if (--injection.left == 0) {
            all.remove();
          }
        }
      }
    }
    return due;
  }

  private static final class Injection {
    private int left;
    private final Command command;
    private final String text;

    Injection(int left, Command command, String text) {
      this.left = left;
      this.command = command;
      this.text = text;
    }
  }
}
