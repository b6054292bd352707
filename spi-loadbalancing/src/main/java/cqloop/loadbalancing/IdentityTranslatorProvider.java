package cqloop.loadbalancing;

import cqloop.spi.AddressTranslator;
import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.PolicyContext;
import io.vertx.core.Future;
import java.util.Set;

/** Provides {@code identity}: nodes are where they say they are. */
public final class IdentityTranslatorProvider implements AddressTranslatorProvider {

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public AddressTranslator create(PolicyContext context) {
    context.requireKeys(Set.of());
    return node -> Future.succeededFuture(node.address());
  }
}
