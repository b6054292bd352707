package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryProvider;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;

/**
 * Provides {@code logging}: writes each decision of another policy to the log at INFO. The other
 * one is given as {@code policy}, with its name and configuration.
 */
public final class LoggingRetryProvider implements RetryProvider {

  private static final Logger LOG = LoggerFactory.getLogger(LoggingRetryProvider.class);

  private static final String NAME = "logging";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RetryPolicy create(PolicyContext context) {
    JsonObject policy =
        PolicyConfig.of(context, "policy")
            .object("policy", new JsonObject().put("name", "default"));
    if (NAME.equals(policy.getValue("name"))) {
      throw PolicyConfig.wrong("policy.name", NAME, "a policy that does not log already");
    }
    return new LoggingRetry(
        context.policy(RetryProvider.class, policy), context.profile(), LOG::info);
  }
}
