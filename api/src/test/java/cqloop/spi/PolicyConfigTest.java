package cqloop.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyConfigTest {

  @Test
  void givesWhatIsThereAndTheDefaultElsewhere() {
    PolicyConfig config =
        config(
            new JsonObject()
                .put("text", "dc1")
                .put("flag", true)
                .put("number", 7)
                .put("millis", 500_000_000L)
                .put("decimal", 2.5)
                .put("object", new JsonObject().put("name", "x")));
    assertThat(config.has("text")).isTrue();
    assertThat(config.has("other")).isFalse();
    assertThat(config.text("text")).isEqualTo("dc1");
    assertThat(config.text("other", "x")).isEqualTo("x");
    assertThat(config.flag("flag", false)).isTrue();
    assertThat(config.flag("other", true)).isTrue();
    assertThat(config.number("number", 1, 0, 7)).isEqualTo(7);
    assertThat(config.number("other", 1, 2, 3)).isEqualTo(1);
    assertThat(config.millis("millis", 0, 0, PolicyConfig.MAX_MILLIS)).isEqualTo(500_000_000);
    assertThat(config.millis("millis", 0, PolicyConfig.MAX_MILLIS)).isEqualTo(500_000_000);
    assertThat(config.decimal("decimal", 0, 0, 3)).isEqualTo(2.5);
    assertThat(config.decimal("number", 0, 0, 9)).isEqualTo(7);
    assertThat(config.object("object", new JsonObject()).getString("name")).isEqualTo("x");
  }

  @Test
  void splitsATextWithCommasIntoAList() {
    PolicyConfig config =
        config(
            new JsonObject()
                .put("text", "a, b")
                .put("list", new JsonArray().add("a").add("b,c"))
                .put("empty", new JsonArray()));
    assertThat(config.texts("text")).containsExactly("a", "b");
    assertThat(config.texts("list")).containsExactly("a", "b,c");
    assertThat(config.texts("empty")).isEmpty();
    assertThat(config.texts("other")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,,b", ""})
  void refusesAListWithAnEmptyText(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(new JsonObject().put("k", text)).texts("k"))
        .withMessage("'k' is '%s'; expected a list of texts, none of them empty", text);
  }

  @Test
  void namesKeyGivenAndExpected() {
    PolicyConfig config =
        config(new JsonObject().put("k", 11).put("nan", Double.NaN).put("part", 1.5).put("t", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.number("k", 1, 0, 10))
        .withMessage("'k' is '11'; expected a whole number from 0 to 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.millis("k", 0, 12, 20))
        .withMessage("'k' is '11'; expected milliseconds as a whole number from 12 to 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.number("part", 1, 0, 10))
        .withMessage("'part' is '1.5'; expected a whole number from 0 to 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.decimal("nan", 0, 0, 1))
        .withMessage("'nan' is 'NaN'; expected a number from 0.0 to 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.flag("k", true))
        .withMessage("'k' is '11'; expected true or false");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.text("t"))
        .withMessage("'t' is ''; expected a text that is not empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.text("other"))
        .withMessage("'other' is missing; expected a text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.millis("other", 0, 1))
        .withMessage("'other' is missing; expected milliseconds as a whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.object("k", new JsonObject()))
        .withMessage("'k' is '11'; expected an object");
  }

  @Test
  void refusesKeysThatAnObjectDoesNotHave() {
    JsonObject object = new JsonObject().put("scale", 1).put("retry", 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyConfig.within("latency", object, "scale", "retryPeriod"))
        .withMessage("Unknown key 'latency.retry'. Known: retryPeriod, scale");
    assertThat(PolicyConfig.within("latency", object, "scale", "retry").number("scale", 0, 0, 9))
        .isEqualTo(1);
  }

  @Test
  void neverShowsASecret() {
    PolicyConfig config = config(new JsonObject().put("password", 123_456).put("ok", "s3cret"));
    assertThat(config.secret("ok")).containsExactly('s', '3', 'c', 'r', 'e', 't');
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.secret("password"))
        .withMessage("'password' is not a text; expected a text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.secret("other"))
        .withMessage("'other' is missing; expected a text");
  }

  private static PolicyConfig config(JsonObject json) {
    return PolicyConfig.of(new JsonContext(json), json.fieldNames().toArray(new String[0]));
  }

  /** A context that has a configuration and nothing else. */
  private record JsonContext(JsonObject config) implements PolicyContext {
    @Override
    public String profile() {
      return "default";
    }

    @Override
    public String localDatacenter() {
      return "";
    }

    @Override
    public Vertx vertx() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Executor loop() {
      return Runnable::run;
    }

    @Override
    public void requireKeys(Set<String> known) {
      assertThat(known).containsAll(config.fieldNames());
    }

    @Override
    public <P> P policy(Class<? extends PolicyProvider<P>> role, JsonObject options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> maker) {
      throw new UnsupportedOperationException();
    }
  }
}
