package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.spi.Throttle;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ThrottlesTest {

  @Test
  void concurrencyCountsThoseThatRun() {
    Throttle throttle =
        new ConcurrencyThrottleProvider()
            .create(TckContext.create(new JsonObject().put("maxConcurrent", 2)));
    assertThat(throttle.tryBegin()).isZero();
    assertThat(throttle.tryBegin()).isZero();
    assertThat(throttle.tryBegin()).isEqualTo(Throttle.AFTER_AN_END);
    throttle.onEnd();
    assertThat(throttle.tryBegin()).isZero();
    assertThat(throttle.tryBegin()).isEqualTo(Throttle.AFTER_AN_END);
    assertThat(throttle.maxWaiting()).isEqualTo(8192);
  }

  @Test
  void rateTellsWhenTheNextOneMayBegin() {
    TckContext context =
        TckContext.create(
            new JsonObject().put("perSecond", 100).put("burst", 3).put("maxWaiting", 7));
    Throttle throttle = new RateThrottleProvider().create(context);
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.tryBegin()).isZero();
    }
    assertThat(throttle.tryBegin()).isEqualTo(10_000_000);
    context.advanceMillis(4);
    assertThat(throttle.tryBegin()).isEqualTo(6_000_000);
    context.advanceMillis(6);
    assertThat(throttle.tryBegin()).isZero();
    context.advanceMillis(60_000);
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.tryBegin()).as("not more than the burst after a quiet time").isZero();
    }
    assertThat(throttle.tryBegin()).isEqualTo(10_000_000);
    assertThat(throttle.maxWaiting()).isEqualTo(7);
  }

  @Test
  void rateKeepsItsRateOverTime() {
    TckContext context = TckContext.create(new JsonObject().put("perSecond", 250));
    Throttle throttle = new RateThrottleProvider().create(context);
    int begun = 0;
    for (int milli = 0; milli < 10_000; milli++) {
      while (throttle.tryBegin() == 0) {
        begun++;
      }
      context.advanceMillis(1);
    }
    assertThat(begun).isBetween(2_500, 2_500 + 25);
  }

  @Test
  void limitsMustBeGivenAndPossible() {
    assertThatThrownBy(() -> new ConcurrencyThrottleProvider().create(TckContext.create()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("maxConcurrent", "missing");
    assertThatThrownBy(() -> new RateThrottleProvider().create(TckContext.create()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("perSecond", "missing");
    assertThatThrownBy(
            () ->
                new RateThrottleProvider()
                    .create(TckContext.create(new JsonObject().put("perSecond", 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perSecond");
    assertThatThrownBy(
            () ->
                new ConcurrencyThrottleProvider()
                    .create(TckContext.create(new JsonObject().put("maxConcurent", 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxConcurent");
  }
}
