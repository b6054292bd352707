package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.TimestampGenerator;
import cqloop.spi.TimestampProvider;
import java.util.Set;

/** Provides {@code server-side}: the coordinator of each request sets the time of its writes. */
public final class ServerSideTimestampsProvider implements TimestampProvider {

  @Override
  public String name() {
    return "server-side";
  }

  @Override
  public TimestampGenerator create(PolicyContext context) {
    context.requireKeys(Set.of());
    return () -> TimestampGenerator.SERVER_SIDE;
  }
}
