package cqloop.testkit.node;

/** Value. The comma-separated argument of a command, each part with a default. */
final class Arguments {
  private final String[] parts;

  Arguments(String argument) {
    this.parts = argument.isEmpty() ? new String[0] : argument.split(",", -1);
  }

  String text(int index, String standard) {
    return index < parts.length && !parts[index].isBlank() ? parts[index].strip() : standard;
  }

  int number(int index, int standard) {
    return Integer.parseInt(text(index, Integer.toString(standard)));
  }

  boolean flag(int index) {
    return Boolean.parseBoolean(text(index, "false"));
  }
}
