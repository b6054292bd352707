package cqloop.testkit.node;

import java.util.ArrayList;
import java.util.List;

/**
 * Value. What a test asks of the node about one request: {@code NAME} or {@code NAME=ARGUMENT}.
 *
 * @param name as in {@link Commands}
 * @param argument empty when there is none
 */
record Command(String name, String argument) {
  private static final String COMMENT_START = "/*";
  private static final String COMMENT_END = "*/";
  private static final String MARK = "cqloop:";

  static Command parse(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Command(text.strip(), "")
        : new Command(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /** The commands in the comments of a statement, {@code /* cqloop:NAME=ARGUMENT *}{@code /}. */
  static List<Command> inComments(String cql) {
    List<Command> commands = new ArrayList<>();
    int from = cql.indexOf(COMMENT_START);
    while (from >= 0) {
      int end = cql.indexOf(COMMENT_END, from + COMMENT_START.length());
      if (end < 0) {
        break;
      }
      String comment = cql.substring(from + COMMENT_START.length(), end).strip();
      if (comment.startsWith(MARK)) {
        commands.add(parse(comment.substring(MARK.length())));
      }
      from = cql.indexOf(COMMENT_START, end);
    }
    return commands;
  }
}
