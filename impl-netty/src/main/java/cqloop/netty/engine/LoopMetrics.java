package cqloop.netty.engine;

import cqloop.error.HandshakeTimeout;
import cqloop.netty.loop.Counter;
import cqloop.netty.loop.Histogram;
import cqloop.netty.loop.RecentRates;
import io.netty.channel.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Published. What the requests of one loop came to; the loop counts, every thread may read. A
 * request costs some additions and no object.
 */
public final class LoopMetrics {

  private final Histogram latencies = new Histogram();
  private final Histogram abortedSpeculations = new Histogram();
  private final RecentRates rates;
  private final Counter running = new Counter();
  private final Counter failures = new Counter();
  private final Counter requestTimeouts = new Counter();
  private final Counter attemptTimeouts = new Counter();
  private final Counter connectTimeouts = new Counter();
  private final Counter retries = new Counter();
  private final Counter speculations = new Counter();
  private final Counter repreparations = new Counter();
  private final Counter preparedHits = new Counter();

  LoopMetrics(long nowNanos) {
    rates = new RecentRates(nowNanos);
  }

  /** A request was answered. */
  public void onAnswer(long latencyNanos, long nowNanos) {
    latencies.add(latencyNanos);
    rates.add(nowNanos);
  }

  /** A request has ended after so many attempts that followed a failed one. */
  public void onEnd(int retried) {
    if (retried > 0) {
      retries.add(retried);
    }
  }

  /** A connection could not be opened. */
  void onNotConnected(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : failure.getCause();
    if (failure instanceof HandshakeTimeout || cause instanceof ConnectTimeoutException) {
      connectTimeouts.add(1);
    }
  }

  /** How long requests took that were answered, retries and waiting included. */
  public Histogram latencies() {
    return latencies;
  }

  /** How long additional attempts had run when another one was answered first. */
  public Histogram abortedSpeculations() {
    return abortedSpeculations;
  }

  /** How often requests were answered. */
  public RecentRates rates() {
    return rates;
  }

  /** How many requests have begun and not ended. */
  public Counter running() {
    return running;
  }

  /** How many requests failed. */
  public Counter failures() {
    return failures;
  }

  /** How many requests ended because their time was up. */
  public Counter requestTimeouts() {
    return requestTimeouts;
  }

  /** How many attempts were given up because their time was up. */
  public Counter attemptTimeouts() {
    return attemptTimeouts;
  }

  /** How many connections could not be opened in time. */
  public Counter connectTimeouts() {
    return connectTimeouts;
  }

  /** How many attempts followed a failed one. */
  public Counter retries() {
    return retries;
  }

  /** How many attempts were made because another one took long. */
  public Counter speculations() {
    return speculations;
  }

  /** How often a node had forgotten a statement. */
  public Counter repreparations() {
    return repreparations;
  }

  /** How often the text of a statement was found to be prepared, without asking for that. */
  public Counter preparedHits() {
    return preparedHits;
  }
}
