package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How requests are executed, under a name that statements and sessions choose. What is null is
 * taken from the default profile of {@link CqlOptions}, and what is null there has the default
 * named here. A statement may override most of it for itself.
 */
@DataObject
@JsonGen(publicConverter = false)
public class ProfileOptions {

  /** Default of {@code requestTimeout}: 12 s. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(12);

  /** Default of {@code attemptTimeout}: no limit. */
  public static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ZERO;

  /** Default of {@code consistency}: LOCAL_ONE. */
  public static final Consistency DEFAULT_CONSISTENCY = Consistency.LOCAL_ONE;

  /** Default of {@code serialConsistency}: not sent. */
  public static final Consistency DEFAULT_SERIAL_CONSISTENCY = Consistency.ANY;

  /** Default of {@code pageSize}. */
  public static final int DEFAULT_PAGE_SIZE = 5000;

  /** Default of {@code idempotent}. */
  public static final boolean DEFAULT_IDEMPOTENT = false;

  /** Default of {@code tracing}. */
  public static final boolean DEFAULT_TRACING = false;

  /** Default of {@code maxAttempts}. */
  public static final int DEFAULT_MAX_ATTEMPTS = 10;

  static final OptionKeys KEYS =
      OptionKeys.of(ProfileOptions.class)
          .texts("inherits")
          .durations("requestTimeout", "attemptTimeout")
          .constants(Consistency.class, "consistency", "serialConsistency")
          .ints("pageSize", "maxAttempts")
          .booleans("idempotent", "tracing")
          .textLists("allowHosts", "denyHosts", "allowDatacenters", "denyDatacenters")
          .objects("loadBalancing", "retry", "speculativeExecution");

  private @Nullable String inherits;
  private @Nullable Duration requestTimeout;
  private @Nullable Duration attemptTimeout;
  private @Nullable Consistency consistency;
  private @Nullable Consistency serialConsistency;
  private @Nullable Integer pageSize;
  private @Nullable Boolean idempotent;
  private @Nullable Boolean tracing;
  private @Nullable Integer maxAttempts;
  private @Nullable PolicyOptions loadBalancing;
  private @Nullable List<String> allowHosts;
  private @Nullable List<String> denyHosts;
  private @Nullable List<String> allowDatacenters;
  private @Nullable List<String> denyDatacenters;
  private @Nullable PolicyOptions retry;
  private @Nullable PolicyOptions speculativeExecution;

  /** Options with their defaults. */
  public ProfileOptions() {}

  /** A copy. */
  public ProfileOptions(ProfileOptions other) {
    this.inherits = other.inherits;
    this.requestTimeout = other.requestTimeout;
    this.attemptTimeout = other.attemptTimeout;
    this.consistency = other.consistency;
    this.serialConsistency = other.serialConsistency;
    this.pageSize = other.pageSize;
    this.idempotent = other.idempotent;
    this.tracing = other.tracing;
    this.maxAttempts = other.maxAttempts;
    this.loadBalancing = copy(other.loadBalancing);
    this.allowHosts = copy(other.allowHosts);
    this.denyHosts = copy(other.denyHosts);
    this.allowDatacenters = copy(other.allowDatacenters);
    this.denyDatacenters = copy(other.denyDatacenters);
    this.retry = copy(other.retry);
    this.speculativeExecution = copy(other.speculativeExecution);
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public ProfileOptions(JsonObject json) {
    KEYS.read(json, checked -> ProfileOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    ProfileOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns the profile that gives what this one leaves open, or null for the default one. */
  public @Nullable String getInherits() {
    return inherits;
  }

  /**
   * Sets which other profile gives what this one leaves open. Default {@code default}: the default
   * profile, which itself inherits nothing.
   */
  public ProfileOptions setInherits(@Nullable String inherits) {
    this.inherits = inherits;
    return this;
  }

  /** Returns how long a request may take in all, or null to inherit. */
  public @Nullable Duration getRequestTimeout() {
    return requestTimeout;
  }

  /**
   * Sets how long a request may take in all, with waiting, retries and speculative attempts; 0 for
   * no limit. Default 12 s.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public ProfileOptions setRequestTimeout(@Nullable Duration requestTimeout) {
    this.requestTimeout =
        requestTimeout == null ? null : OptionRange.notNegative("requestTimeout", requestTimeout);
    return this;
  }

  /** Returns how long one attempt may take, or null to inherit. */
  public @Nullable Duration getAttemptTimeout() {
    return attemptTimeout;
  }

  /**
   * Sets how long one attempt may take before the request goes on to another node, if it is
   * idempotent; 0 for no limit but that of the request. Default 0.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public ProfileOptions setAttemptTimeout(@Nullable Duration attemptTimeout) {
    this.attemptTimeout =
        attemptTimeout == null ? null : OptionRange.notNegative("attemptTimeout", attemptTimeout);
    return this;
  }

  /** Returns the consistency, or null to inherit. */
  public @Nullable Consistency getConsistency() {
    return consistency;
  }

  /** Sets the consistency. Default LOCAL_ONE. */
  public ProfileOptions setConsistency(@Nullable Consistency consistency) {
    this.consistency = consistency;
    return this;
  }

  /** Returns the consistency of the condition of a conditional write, or null to inherit. */
  public @Nullable Consistency getSerialConsistency() {
    return serialConsistency;
  }

  /**
   * Sets the consistency of the condition of a conditional write, SERIAL or LOCAL_SERIAL. ANY sends
   * none, and the server takes SERIAL. Default ANY.
   *
   * @throws IllegalArgumentException when it is none of these three
   */
  public ProfileOptions setSerialConsistency(@Nullable Consistency serialConsistency) {
    this.serialConsistency = checkSerial(serialConsistency);
    return this;
  }

  /** Returns how many rows a page should have, or null to inherit. */
  public @Nullable Integer getPageSize() {
    return pageSize;
  }

  /**
   * Sets how many rows a page should have at most; 0 for all rows in one page. Default 5000; range
   * 0 to 2147483647.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public ProfileOptions setPageSize(@Nullable Integer pageSize) {
    this.pageSize =
        pageSize == null ? null : OptionRange.within("pageSize", pageSize, 0, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Returns whether statements count as idempotent that do not say so themselves, or null to
   * inherit.
   */
  public @Nullable Boolean getIdempotent() {
    return idempotent;
  }

  /**
   * Sets whether statements count as idempotent that do not say so themselves: only those are
   * repeated where a first attempt may have been executed. Default false.
   */
  public ProfileOptions setIdempotent(@Nullable Boolean idempotent) {
    this.idempotent = idempotent;
    return this;
  }

  /** Returns whether the server is to trace requests, or null to inherit. */
  public @Nullable Boolean getTracing() {
    return tracing;
  }

  /**
   * Sets whether the server is to trace requests; it costs the server several writes each. Default
   * false.
   */
  public ProfileOptions setTracing(@Nullable Boolean tracing) {
    this.tracing = tracing;
    return this;
  }

  /** Returns how often a request may be sent in all, or null to inherit. */
  public @Nullable Integer getMaxAttempts() {
    return maxAttempts;
  }

  /**
   * Sets how often a request may be sent in all, whatever the retry policy says. Default 10; range
   * 1 to 100.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public ProfileOptions setMaxAttempts(@Nullable Integer maxAttempts) {
    this.maxAttempts =
        maxAttempts == null ? null : OptionRange.within("maxAttempts", maxAttempts, 1, 100);
    return this;
  }

  /** Returns the policy that chooses the nodes of a request, or null to inherit. */
  public @Nullable PolicyOptions getLoadBalancing() {
    return loadBalancing;
  }

  /**
   * Sets the policy that chooses the nodes of a request. Default {@code default}: replicas first,
   * in the local data centre.
   */
  public ProfileOptions setLoadBalancing(@Nullable PolicyOptions loadBalancing) {
    this.loadBalancing = loadBalancing;
    return this;
  }

  /** Returns the hosts that alone serve requests, or null to inherit. */
  public @Nullable List<String> getAllowHosts() {
    return allowHosts;
  }

  /**
   * Sets the hosts that alone serve requests, whatever the load balancing: {@code 10.0.0.1}, {@code
   * node1.example:9042}, {@code [fd00::1]:9042}. A node that every profile refuses gets no
   * connections. Default empty: all hosts.
   */
  public ProfileOptions setAllowHosts(@Nullable List<String> allowHosts) {
    this.allowHosts = OptionRange.texts("allowHosts", allowHosts);
    return this;
  }

  /** Returns the hosts that serve no requests, or null to inherit. */
  public @Nullable List<String> getDenyHosts() {
    return denyHosts;
  }

  /**
   * Sets the hosts that serve no requests, written as those of {@link #setAllowHosts}. Default
   * empty: none.
   */
  public ProfileOptions setDenyHosts(@Nullable List<String> denyHosts) {
    this.denyHosts = OptionRange.texts("denyHosts", denyHosts);
    return this;
  }

  /** Returns the data centres that alone serve requests, or null to inherit. */
  public @Nullable List<String> getAllowDatacenters() {
    return allowDatacenters;
  }

  /**
   * Sets the data centres that alone serve requests. They are a filter: which remote nodes are used
   * at all is up to the load balancing. Default empty: all.
   */
  public ProfileOptions setAllowDatacenters(@Nullable List<String> allowDatacenters) {
    this.allowDatacenters = OptionRange.texts("allowDatacenters", allowDatacenters);
    return this;
  }

  /** Returns the data centres that serve no requests, or null to inherit. */
  public @Nullable List<String> getDenyDatacenters() {
    return denyDatacenters;
  }

  /** Sets the data centres that serve no requests. Default empty: none. */
  public ProfileOptions setDenyDatacenters(@Nullable List<String> denyDatacenters) {
    this.denyDatacenters = OptionRange.texts("denyDatacenters", denyDatacenters);
    return this;
  }

  /** Returns the policy that decides whether a failed attempt is repeated, or null to inherit. */
  public @Nullable PolicyOptions getRetry() {
    return retry;
  }

  /** Sets the policy that decides whether a failed attempt is repeated. Default {@code default}. */
  public ProfileOptions setRetry(@Nullable PolicyOptions retry) {
    this.retry = retry;
    return this;
  }

  /**
   * Returns the policy that decides when to send an idempotent request a second time, or null to
   * inherit.
   */
  public @Nullable PolicyOptions getSpeculativeExecution() {
    return speculativeExecution;
  }

  /**
   * Sets the policy that decides when to send an idempotent request to another node without waiting
   * for the first. Default {@code none}.
   */
  public ProfileOptions setSpeculativeExecution(@Nullable PolicyOptions speculativeExecution) {
    this.speculativeExecution = speculativeExecution;
    return this;
  }

  /** Returns a profile in which nothing is left to inherit: the defaults named above. */
  public static ProfileOptions complete() {
    return new ProfileOptions()
        .setInherits(CqlOptions.DEFAULT_PROFILE)
        .setRequestTimeout(DEFAULT_REQUEST_TIMEOUT)
        .setAttemptTimeout(DEFAULT_ATTEMPT_TIMEOUT)
        .setConsistency(DEFAULT_CONSISTENCY)
        .setSerialConsistency(DEFAULT_SERIAL_CONSISTENCY)
        .setPageSize(DEFAULT_PAGE_SIZE)
        .setIdempotent(DEFAULT_IDEMPOTENT)
        .setTracing(DEFAULT_TRACING)
        .setMaxAttempts(DEFAULT_MAX_ATTEMPTS)
        .setLoadBalancing(new PolicyOptions())
        .setAllowHosts(List.of())
        .setDenyHosts(List.of())
        .setAllowDatacenters(List.of())
        .setDenyDatacenters(List.of())
        .setRetry(new PolicyOptions())
        .setSpeculativeExecution(new PolicyOptions("none"));
  }

  /** Returns a copy in which the other profile gives what this one leaves to inherit. */
  public ProfileOptions over(ProfileOptions base) {
    return Inheritance.merge(this, base);
  }

  private static @Nullable List<String> copy(@Nullable List<String> texts) {
    return texts == null ? null : Collections.unmodifiableList(new ArrayList<>(texts));
  }

  private static @Nullable PolicyOptions copy(@Nullable PolicyOptions options) {
    return options == null ? null : new PolicyOptions(options);
  }

  private static @Nullable Consistency checkSerial(@Nullable Consistency consistency) {
    if (consistency != null && !consistency.isSerial() && consistency != Consistency.ANY) {
      throw new IllegalArgumentException(
          "serialConsistency must be SERIAL, LOCAL_SERIAL or ANY, not " + consistency);
    }
    return consistency;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
