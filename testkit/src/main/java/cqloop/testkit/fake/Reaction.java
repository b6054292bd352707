package cqloop.testkit.fake;

import io.vertx.core.Future;

/**
 * Runs on the node's loop. What a node does about a request; see {@link Reactions} for the ready
 * ones.
 */
@FunctionalInterface
public interface Reaction {
  /** Does it; the future completes when the next reaction of a chain may start. */
  Future<?> run(Exchange exchange);

  /** This, then the other. */
  default Reaction then(Reaction next) {
    return exchange -> run(exchange).compose(done -> next.run(exchange));
  }
}
