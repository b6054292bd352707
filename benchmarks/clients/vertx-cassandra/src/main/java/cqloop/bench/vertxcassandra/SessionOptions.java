package cqloop.bench.vertxcassandra;

import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.*;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import java.time.Duration;

/**
 * Value. Options of the driver inside: all that costs and that the workloads do not need is off.
 */
final class SessionOptions {
  private SessionOptions() {}

  static DriverConfigLoader of(Target target) {
    ProgrammaticDriverConfigLoaderBuilder options = DriverConfigLoader.programmaticBuilder();
    options.withString(PROTOCOL_VERSION, "V" + target.version());
    if (target.lz4()) {
      options.withString(PROTOCOL_COMPRESSION, "lz4");
    }
    return options
        .withBoolean(METADATA_SCHEMA_ENABLED, false)
        .withBoolean(METADATA_TOKEN_MAP_ENABLED, false)
        .withBoolean(LOAD_BALANCING_POLICY_SLOW_AVOIDANCE, false)
        .withBoolean(PREPARE_ON_ALL_NODES, false)
        .withBoolean(REQUEST_LOG_WARNINGS, false)
        .withInt(CONNECTION_POOL_LOCAL_SIZE, 1)
        .withInt(CONNECTION_MAX_REQUESTS, 32_768)
        .withInt(NETTY_IO_SIZE, target.eventLoops())
        .withInt(NETTY_ADMIN_SIZE, 1)
        .withBoolean(NETTY_DAEMON, true)
        .withInt(REQUEST_PAGE_SIZE, Statements.PAGE_ROWS)
        // On, as in an application; long enough not to strike.
        .withDuration(REQUEST_TIMEOUT, Duration.ofSeconds(30))
        .withDuration(HEARTBEAT_INTERVAL, Duration.ofHours(1))
        .withDuration(HEARTBEAT_TIMEOUT, Duration.ofSeconds(30))
        .build();
  }
}
