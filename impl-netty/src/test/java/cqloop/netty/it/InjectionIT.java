package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.error.CqlException;
import cqloop.error.SyntaxError;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.CqlIdentifier;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Faults G4: names that try to be more than a name. {@code -Dcqloop.identifiers=50000} sends more
 * of them to the node.
 */
@CassandraTest
class InjectionIT {

  private static final int NAMES = Integer.getInteger("cqloop.identifiers", 3000);

  private static final String[] PIECES = {
    "\"",
    "\"\"",
    "\"\"\"",
    "'",
    "''",
    ";",
    "--",
    "//",
    "/*",
    "*/",
    "$$",
    "\\",
    "\\\"",
    "\n",
    "\r",
    "\t",
    " ",
    "",
    ".",
    ",",
    "(",
    ")",
    "?",
    ":a",
    "%s",
    "{}",
    "a",
    "Z",
    "USE",
    "DROP KEYSPACE system",
    "system",
    "\"; DROP TABLE t; --",
    "\u00e9",
    "\u0130",
    "\u202e",
    "\uD83D\uDE00",
    "\u0000",
    "\u2019",
    "\uFF02",
    "\u00a0"
  };

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  /** The node repeats the name that it has read: it must be the one that was meant, all of it. */
  @Test
  void keyspaceThatTheNodeReadsIsTheOneThatWasMeant() {
    CqlSession session = sessions.on(Wire.V4);
    List<String> names = new ArrayList<>(names(NAMES));
    for (int from = 0; from < names.size(); from += 200) {
      List<String> some = names.subList(from, Math.min(from + 200, names.size()));
      List<Future<Void>> answers = new ArrayList<>();
      some.forEach(name -> answers.add(session.useKeyspace(name)));
      for (int i = 0; i < some.size(); i++) {
        CqlException refused = Awaits.failure(CqlException.class, answers.get(i));
        assertThat(refused).as(some.get(i)).isNotInstanceOf(SyntaxError.class);
        assertThat(refused).hasMessageContaining("'" + some.get(i) + "' does not exist");
      }
    }
    assertThat(session.keyspace()).isEqualTo(sessions.keyspace());
    assertThat(Awaits.get(session.execute("SELECT key FROM system.local")).size()).isOne();
  }

  /** Columns may be called anything: they come back as they were meant. */
  @Test
  void columnsComeBackUnderTheirNames() {
    CqlSession session = sessions.on(Wire.V4);
    List<String> names = new ArrayList<>(names(300));
    StringBuilder table = new StringBuilder("CREATE TABLE hostile (k int PRIMARY KEY");
    names.forEach(name -> table.append(", ").append(CqlIdentifier.quote(name)).append(" int"));
    Awaits.get(session.execute(table.append(")").toString()));
    Set<String> read = new LinkedHashSet<>();
    Awaits.get(session.execute("SELECT * FROM hostile"))
        .columns()
        .forEach(column -> read.add(column.name()));
    assertThat(read).containsAll(names).hasSize(names.size() + 1);
  }

  /** Distinct names that are no keyspace of the node, always the same ones. */
  private static Set<String> names(int count) {
    Random random = new Random(42);
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < count) {
      StringBuilder name = new StringBuilder("q");
      int pieces = 1 + random.nextInt(6);
      for (int i = 0; i < pieces; i++) {
        name.append(PIECES[random.nextInt(PIECES.length)]);
      }
      names.add(name.toString());
    }
    return names;
  }
}
