package cqloop.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Faults G4: 50,000 names are one quoted name each, whatever they hold, and come back. */
class HostileIdentifiersTest {

  private static final String CHARS =
      "\"\"\"'`;-/*\\$.,:?%{}() \n\r\t\0aZ9_\u00e9\u0130\u202e\uFF02";

  @Test
  void quotedNamesEndWhereTheyShould() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder made = new StringBuilder();
      int length = 1 + random.nextInt(24);
      for (int j = 0; j < length; j++) {
        made.append(
            random.nextInt(8) == 0
                ? (char) random.nextInt(0xD800)
                : CHARS.charAt(random.nextInt(CHARS.length())));
      }
      String name = made.toString();
      assertThat(read(CqlIdentifier.quote(name) + "; DROP")).isEqualTo(name);
      String asNeeded = CqlIdentifier.quoteIfNeeded(name);
      assertThat(CqlIdentifier.toInternal(asNeeded)).isEqualTo(name);
      assertThat(asNeeded.equals(name)).isEqualTo(name.matches("[a-z][a-z0-9_]*"));
    }
  }

  /** Reads as the lexer of Cassandra does: up to the first quote that is not doubled. */
  private static String read(String text) {
    StringBuilder name = new StringBuilder();
    int at = 1;
    while (true) {
      char c = text.charAt(at++);
      if (c != '"') {
        name.append(c);
      } else if (text.charAt(at) == '"') {
        name.append(c);
        at++;
      } else {
        assertThat(text.substring(at)).isEqualTo("; DROP");
        return name.toString();
      }
    }
  }
}
