package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyContext;
import cqloop.spi.QueryPlan;
import cqloop.spi.ReconnectionPolicy;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import cqloop.spi.RoutingInfo;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.TimestampGenerator;
import cqloop.spi.TimestampProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each check catches the policy that breaks it. */
class PolicyTcksTest {

  @Test
  void catchesARetryThatRepeatsWhatMayHaveRun() {
    RetryTck always = retry(failure -> RetryVerdict.RETRY_NEXT);
    breaks(always::neverRepeatsAWriteThatMayHaveRunAndIsNotIdempotent);
    breaks(always::endsEveryRequest);
    breaks(always::neverRepeatsWhatMustFailAgain);
    breaks(always::takesErrorsThatItDoesNotKnow);
    breaks(retry(failure -> RetryVerdict.IGNORE)::neverTurnsAFailedReadIntoNoRows);
    breaks(retry(failure -> null)::givesVerdictsThatCanBeCarriedOut);
  }

  @Test
  void catchesASpeculationWithoutEnd() {
    SpeculativeExecutionTck endless = speculation((node, started) -> 0);
    breaks(endless::neverFloodsTheCluster);
    breaks(speculation((node, started) -> started == 1 ? -1 : 0)::doesNotBeginAgainOnceItStopped);
    int[] calls = {0};
    breaks(
        speculation((node, started) -> calls[0]++ % 2 == 0 ? 0 : -1)::countsEachRequestForItself);
    breaks(speculation((node, started) -> Long.MAX_VALUE)::takesAnyLatency);
  }

  @Test
  void catchesAReconnectionThatStormsOrForgetsNothing() {
    breaks(reconnection(() -> () -> 0)::doesNotConnectInATightLoop);
    long[] shared = {1};
    ReconnectionTck doubling = reconnection(() -> () -> shared[0] *= 2);
    breaks(doubling::neverGivesUpAndNeverOverflows);
    long[] growing = {1};
    breaks(reconnection(() -> () -> growing[0] += 10)::keepsTheOutagesOfTwoNodesApart);
  }

  @Test
  void catchesTimestampsThatRepeatOrStand() {
    TimestampTck clock = timestamps(context -> () -> context.currentTimeMillis() * 1000, true);
    breaks(clock::growsFromRequestToRequest);
    breaks(clock::growsWhenTheClockIsSetBack);
    breaks(clock::givesEachTimeOnceInASession);
    TimestampTck counter =
        timestamps(
            context -> {
              long[] last = {0};
              return () -> last[0]++;
            },
            true);
    breaks(counter::isTheTimeOfDay);
    breaks(counter::followsAClockThatIsSetForward);
    breaks(counter::givesEachTimeOnceInASession);
  }

  @Test
  void catchesPlansThatRepeatOrDependOnTheRequest() {
    LoadBalancingTck twice =
        balancing(nodes -> request -> QueryPlan.of(List.of(nodes.get(0), nodes.get(0))));
    breaks(twice::givesEachNodeOnceAndThenNoMore);
    LoadBalancingTck late =
        balancing(nodes -> request -> () -> request.replicas().isEmpty() ? null : nodes.get(0));
    breaks(late::givesEachNodeOnceAndThenNoMore);
    LoadBalancingTck none = balancing(nodes -> request -> () -> null);
    breaks(none::givesEveryLocalNodeInTheEnd);
    breaks(none::triesNodesThatAreBelievedToBeDownToo);
    breaks(none::takesContactPointsOfWhichNothingIsKnown);
    LoadBalancingTck copying = balancing(nodes -> request -> QueryPlan.of(new ArrayList<>(nodes)));
    breaks(copying::costsNoMoreInALargeCluster);
  }

  @Test
  void catchesAnAuthenticatorThatShowsItsSecret() throws Exception {
    AuthenticatorTck shows =
        authenticator(
            new AuthSession() {
              @Override
              public Future<Buffer> first() {
                return Future.failedFuture("wrong password s3cret");
              }

              @Override
              public Future<Buffer> answer(@Nullable Buffer challenge) {
                throw new IllegalStateException("no challenge expected");
              }
            });
    shows.openVertx();
    try {
      breaks(shows::showsNoSecret);
      breaks(shows::answersTheServersItIsFor);
      breaks(shows::failsTheFutureAndDoesNotThrow);
    } finally {
      shows.closeVertx();
    }
  }

  private static void breaks(ThrowingCallable check) {
    assertThatThrownBy(check)
        .isInstanceOfAny(
            AssertionError.class, IllegalStateException.class, NullPointerException.class);
  }

  private static RetryTck retry(RetryPolicy policy) {
    return new RetryTck() {
      @Override
      protected RetryPolicy policy() {
        return policy;
      }
    };
  }

  private static SpeculativeExecutionTck speculation(SpeculativeExecutionPolicy policy) {
    return new SpeculativeExecutionTck() {
      @Override
      protected SpeculativeExecutionPolicy policy() {
        return policy;
      }
    };
  }

  private static ReconnectionTck reconnection(ReconnectionPolicy policy) {
    return new ReconnectionTck() {
      @Override
      protected ReconnectionPolicy policy() {
        return policy;
      }
    };
  }

  private static TimestampTck timestamps(
      Function<PolicyContext, TimestampGenerator> generators, boolean session) {
    return new TimestampTck() {
      @Override
      protected TimestampProvider provider() {
        return new TimestampProvider() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public TimestampGenerator create(PolicyContext context) {
            return generators.apply(context);
          }
        };
      }

      @Override
      protected boolean ordersTheWholeSession() {
        return session;
      }
    };
  }

  private static LoadBalancingTck balancing(
      Function<List<Node>, Function<RoutingInfo, QueryPlan>> plans) {
    return new LoadBalancingTck() {
      @Override
      protected LoadBalancingProvider provider() {
        return new LoadBalancingProvider() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public LoadBalancingPolicy create(PolicyContext context) {
            return new LoadBalancingPolicy() {
              private List<Node> nodes = List.of();

              @Override
              public void onTopology(Topology topology) {
                nodes = topology.nodes();
              }

              @Override
              public QueryPlan plan(RoutingInfo request) {
                return plans.apply(nodes).apply(request);
              }
            };
          }
        };
      }
    };
  }

  private static AuthenticatorTck authenticator(AuthSession session) {
    return new AuthenticatorTck() {
      @Override
      protected Authenticator authenticator(Vertx sessionVertx) {
        return (node, serverClass) -> session;
      }

      @Override
      protected String serverClass() {
        return "com.example.Authenticator";
      }

      @Override
      protected List<String> secrets() {
        return List.of("s3cret");
      }
    };
  }
}
