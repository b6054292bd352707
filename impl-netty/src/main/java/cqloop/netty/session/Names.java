package cqloop.netty.session;

import java.util.Collection;

/** Value. Messages about names that do not exist. */
final class Names {

  private Names() {}

  static String unknown(String kind, String name, Collection<String> known) {
    return "Unknown %s '%s'. Known: %s".formatted(kind, name, String.join(", ", known));
  }
}
