package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cqloop.error.PagingStateRefused;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Only what the guard has sealed, for the same statement, values and context, is taken back. */
class PagingStateGuardTest {

  private static final PagingState STATE = PagingState.of(Buffer.buffer("row 17"));
  private static final SimpleStatement STATEMENT =
      SimpleStatement.of("SELECT * FROM t WHERE k = ?", 1).withPageSize(10);

  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final PagingStateGuard guard = guard((byte) 1);

  @Test
  void takesBackWhatItGave() {
    String sealed = guard.seal(STATE, STATEMENT, "alice");
    assertThat(sealed).matches("[A-Za-z0-9_-]+");
    assertThat(guard.open(sealed, STATEMENT, "alice")).isEqualTo(STATE);
    assertThat(guard.open(sealed, STATEMENT.withPageSize(99), "alice")).isEqualTo(STATE);
    assertThat(guard((byte) 1).open(sealed, STATEMENT, "alice")).isEqualTo(STATE);
  }

  @Test
  void refusesEveryChangedCharacter() {
    String sealed = guard.seal(STATE, STATEMENT, "alice");
    for (int i = 0; i < sealed.length(); i++) {
      for (char c : new char[] {'A', 'z', '0', '-', '!', 'é'}) {
        if (c != sealed.charAt(i)) {
          String forged = sealed.substring(0, i) + c + sealed.substring(i + 1);
          // The last character has bits that mean nothing: what it decodes to is what counts.
          PagingStateRefused refused =
              catchThrowableOfType(
                  PagingStateRefused.class, () -> guard.open(forged, STATEMENT, "alice"));
          assertThat(refused != null || i == sealed.length() - 1).as(forged).isTrue();
        }
      }
      refused(sealed.substring(0, i), STATEMENT, "alice");
    }
    refused(sealed + "AAAA", STATEMENT, "alice");
    refused("A".repeat(PagingStateGuard.MAX_CHARS + 1), STATEMENT, "alice");
  }

  @Test
  void refusesStatesOfOthers() {
    String sealed = guard.seal(STATE, STATEMENT, "alice");
    refused(sealed, STATEMENT, "bob");
    refused(sealed, STATEMENT.withValues(List.of(2)), "alice");
    refused(sealed, STATEMENT.withKeyspace("other"), "alice");
    refused(sealed, SimpleStatement.of("SELECT * FROM u WHERE k = ?", 1), "alice");
    assertThatThrownBy(() -> guard((byte) 2).open(sealed, STATEMENT, "alice"))
        .isInstanceOf(PagingStateRefused.class);
  }

  /** Parts that differ only in where one ends are different. */
  @Test
  void partsDoNotRunTogether() {
    String sealed = guard.seal(STATE, SimpleStatement.of("q", "ab", "c"), "");
    refused(sealed, SimpleStatement.of("q", "a", "bc"), "");
    refused(sealed, SimpleStatement.of("q", List.of("ab", "c")), "");
    refused(sealed, SimpleStatement.of("qab", "c"), "");
    SimpleStatement named = SimpleStatement.of("q").withNamedValues(Map.of("a", 1, "b", 2));
    String ofNamed = guard.seal(STATE, named, "");
    refused(ofNamed, SimpleStatement.of("q").withNamedValues(Map.of("a", 2, "b", 1)), "");
    assertThat(guard.open(ofNamed, named, "")).isEqualTo(STATE);
  }

  @Test
  void refusesWhatIsTooOld() {
    String sealed = guard.seal(STATE, STATEMENT, "");
    clock.addAndGet(60_000);
    assertThat(guard.open(sealed, STATEMENT, "")).isEqualTo(STATE);
    clock.addAndGet(1);
    assertThat(refused(sealed, STATEMENT, "").isExpired()).isTrue();
  }

  @Test
  void keysAndValuesThatWillNotDo() {
    assertThatThrownBy(() -> PagingStateGuard.of(new byte[31], Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
    assertThatThrownBy(() -> PagingStateGuard.of(new byte[32], Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> guard.seal(STATE, SimpleStatement.of("q", new Object()), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prepare the statement");
    assertThatThrownBy(() -> guard.seal(STATE, BatchStatement.logged(STATEMENT), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(guard.toString()).isEqualTo("PagingStateGuard(60000 ms)");
  }

  private PagingStateRefused refused(String sealed, Statement<?> statement, String context) {
    PagingStateRefused refused =
        catchThrowableOfType(
            PagingStateRefused.class, () -> guard.open(sealed, statement, context));
    assertThat(refused).as(sealed).isNotNull();
    return refused;
  }

  private PagingStateGuard guard(byte seed) {
    byte[] key = new byte[32];
    key[5] = seed;
    return PagingStateGuard.of(key, Duration.ofMinutes(1), clock::get);
  }
}
