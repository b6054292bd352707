package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.SpeculativeExecutionProvider;
import java.util.Set;

/** Provides {@code none}: sends a request to one node at a time. */
public final class NoSpeculationProvider implements SpeculativeExecutionProvider {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public SpeculativeExecutionPolicy create(PolicyContext context) {
    context.requireKeys(Set.of());
    return (node, started) -> -1;
  }
}
