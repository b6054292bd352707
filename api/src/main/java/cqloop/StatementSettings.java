package cqloop;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What one statement sets for itself. Every setting may be absent (null): it then comes from
 * the execution profile.
 */
public final class StatementSettings {

  /** Sets nothing. */
  public static final StatementSettings NONE = new Builder(null).build();

  private final @Nullable Consistency consistency;
  private final @Nullable Consistency serialConsistency;
  private final @Nullable Integer pageSize;
  private final @Nullable PagingState pagingState;
  private final @Nullable Duration timeout;
  private final @Nullable Duration attemptTimeout;
  private final @Nullable Long timestamp;
  private final @Nullable Boolean idempotent;
  private final @Nullable Boolean tracing;
  private final @Nullable Map<String, Buffer> payload;
  private final @Nullable String keyspace;
  private final @Nullable Integer nowInSeconds;
  private final @Nullable String profile;
  private final @Nullable DerivedProfile derivedProfile;
  private final @Nullable String node;
  private final @Nullable Buffer routingKey;
  private final @Nullable String executeAs;

  private StatementSettings(Builder from) {
    consistency = from.consistency;
    serialConsistency = from.serialConsistency;
    pageSize = from.pageSize;
    pagingState = from.pagingState;
    timeout = from.timeout;
    attemptTimeout = from.attemptTimeout;
    timestamp = from.timestamp;
    idempotent = from.idempotent;
    tracing = from.tracing;
    payload = from.payload;
    keyspace = from.keyspace;
    nowInSeconds = from.nowInSeconds;
    profile = from.profile;
    derivedProfile = from.derivedProfile;
    node = from.node;
    routingKey = from.routingKey;
    executeAs = from.executeAs;
  }

  /** Returns how many replicas must answer, or null. */
  public @Nullable Consistency consistency() {
    return consistency;
  }

  /** Returns the consistency of the Paxos phase, or null. */
  public @Nullable Consistency serialConsistency() {
    return serialConsistency;
  }

  /** Returns the rows of a page at most; 0 or less is unpaged, or null. */
  public @Nullable Integer pageSize() {
    return pageSize;
  }

  /** Returns where the page begins, or null. */
  public @Nullable PagingState pagingState() {
    return pagingState;
  }

  /** Returns the time of the whole request; zero is no limit, or null. */
  public @Nullable Duration timeout() {
    return timeout;
  }

  /** Returns the time of one attempt; zero is no limit, or null. */
  public @Nullable Duration attemptTimeout() {
    return attemptTimeout;
  }

  /** Returns the write time in microseconds since 1970, or null. */
  public @Nullable Long timestamp() {
    return timestamp;
  }

  /** Returns whether executing twice has the effect of once, or null. */
  public @Nullable Boolean idempotent() {
    return idempotent;
  }

  /** Returns whether the server traces the request, or null. */
  public @Nullable Boolean tracing() {
    return tracing;
  }

  /** Returns the custom payload, or null. */
  public @Nullable Map<String, Buffer> payload() {
    return payload;
  }

  /** Returns the keyspace of unqualified names, or null. */
  public @Nullable String keyspace() {
    return keyspace;
  }

  /** Returns the server's "now" in seconds since 1970, or null. */
  public @Nullable Integer nowInSeconds() {
    return nowInSeconds;
  }

  /** Returns the name of the execution profile, or null. */
  public @Nullable String profile() {
    return profile;
  }

  /** Returns what is changed of the execution profile, or null. */
  public @Nullable DerivedProfile derivedProfile() {
    return derivedProfile;
  }

  /** Returns the only node that may execute, as {@code host:port}, or null. */
  public @Nullable String node() {
    return node;
  }

  /** Returns the serialized partition key, or null. */
  public @Nullable Buffer routingKey() {
    return routingKey;
  }

  /** Returns the user to act as on DataStax Enterprise, or null. */
  public @Nullable String executeAs() {
    return executeAs;
  }

  /** Returns a builder that begins with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Owned by one thread. Collects settings. */
  public static final class Builder {

    private @Nullable Consistency consistency;
    private @Nullable Consistency serialConsistency;
    private @Nullable Integer pageSize;
    private @Nullable PagingState pagingState;
    private @Nullable Duration timeout;
    private @Nullable Duration attemptTimeout;
    private @Nullable Long timestamp;
    private @Nullable Boolean idempotent;
    private @Nullable Boolean tracing;
    private @Nullable Map<String, Buffer> payload;
    private @Nullable String keyspace;
    private @Nullable Integer nowInSeconds;
    private @Nullable String profile;
    private @Nullable DerivedProfile derivedProfile;
    private @Nullable String node;
    private @Nullable Buffer routingKey;
    private @Nullable String executeAs;

    private Builder(@Nullable StatementSettings from) {
      if (from == null) {
        return;
      }
      consistency = from.consistency;
      serialConsistency = from.serialConsistency;
      pageSize = from.pageSize;
      pagingState = from.pagingState;
      timeout = from.timeout;
      attemptTimeout = from.attemptTimeout;
      timestamp = from.timestamp;
      idempotent = from.idempotent;
      tracing = from.tracing;
      payload = from.payload;
      keyspace = from.keyspace;
      nowInSeconds = from.nowInSeconds;
      profile = from.profile;
      derivedProfile = from.derivedProfile;
      node = from.node;
      routingKey = from.routingKey;
      executeAs = from.executeAs;
    }

    /** Sets how many replicas must answer; null sets nothing. */
    public Builder consistency(@Nullable Consistency value) {
      consistency = value;
      return this;
    }

    /** Sets the consistency of the Paxos phase; null sets nothing. */
    public Builder serialConsistency(@Nullable Consistency value) {
      if (value != null && !value.isSerial()) {
        throw new IllegalArgumentException(
            "Serial consistency must be SERIAL or LOCAL_SERIAL, not " + value);
      }
      serialConsistency = value;
      return this;
    }

    /** Sets the rows of a page at most; 0 or less is unpaged; null sets nothing. */
    public Builder pageSize(@Nullable Integer value) {
      pageSize = value;
      return this;
    }

    /** Sets where the page begins; null sets nothing. */
    public Builder pagingState(@Nullable PagingState value) {
      pagingState = value;
      return this;
    }

    /** Sets the time of the whole request; zero is no limit; null sets nothing. */
    public Builder timeout(@Nullable Duration value) {
      timeout = notNegative("Timeout", value);
      return this;
    }

    /** Sets the time of one attempt; zero is no limit; null sets nothing. */
    public Builder attemptTimeout(@Nullable Duration value) {
      attemptTimeout = notNegative("Attempt timeout", value);
      return this;
    }

    /** Sets the write time in microseconds since 1970; null sets nothing. */
    public Builder timestamp(@Nullable Long value) {
      if (value != null && value < 0) {
        throw new IllegalArgumentException(
            "The protocol has no timestamps before 1970: " + value + " microseconds");
      }
      timestamp = value;
      return this;
    }

    /** Sets whether executing twice has the effect of once; null sets nothing. */
    public Builder idempotent(@Nullable Boolean value) {
      idempotent = value;
      return this;
    }

    /** Sets whether the server traces the request; null sets nothing. */
    public Builder tracing(@Nullable Boolean value) {
      tracing = value;
      return this;
    }

    /** Sets the custom payload; null sets nothing. */
    public Builder payload(@Nullable Map<String, Buffer> value) {
      payload = value == null ? null : Map.copyOf(value);
      return this;
    }

    /** Sets the keyspace of unqualified names; null sets nothing. */
    public Builder keyspace(@Nullable String value) {
      keyspace = value;
      return this;
    }

    /** Sets the server's "now" in seconds since 1970; null sets nothing. */
    public Builder nowInSeconds(@Nullable Integer value) {
      nowInSeconds = value;
      return this;
    }

    /** Sets the name of the execution profile; null sets nothing. */
    public Builder profile(@Nullable String value) {
      profile = value;
      return this;
    }

    /**
     * Sets what is changed of the execution profile, with the policies that it names; null changes
     * nothing. A profile that the options inherit from becomes that of the statement.
     */
    public Builder profileOptions(@Nullable ProfileOptions value) {
      derivedProfile = value == null ? null : new DerivedProfile(value);
      if (value != null && value.getInherits() != null) {
        profile = value.getInherits();
      }
      return this;
    }

    /** Sets the only node that may execute, as {@code host:port}; null sets nothing. */
    public Builder node(@Nullable String value) {
      node = value;
      return this;
    }

    /** Sets the serialized partition key; null sets nothing. */
    public Builder routingKey(@Nullable Buffer value) {
      routingKey = value;
      return this;
    }

    /** Sets the user to act as on DataStax Enterprise; null sets nothing. */
    public Builder executeAs(@Nullable String value) {
      executeAs = value;
      return this;
    }

    /** Returns the settings collected so far. */
    public StatementSettings build() {
      return new StatementSettings(this);
    }

    private static @Nullable Duration notNegative(String name, @Nullable Duration value) {
      if (value != null && value.isNegative()) {
        throw new IllegalArgumentException(name + " must not be negative: " + value);
      }
      return value;
    }
  }
}
