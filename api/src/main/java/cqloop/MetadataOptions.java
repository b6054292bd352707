package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the session knows of the schema. */
@DataObject
@JsonGen(publicConverter = false)
public class MetadataOptions {

  /** Default of {@code useSchema}. */
  public static final boolean DEFAULT_USE_SCHEMA = true;

  /** Default of {@code maxSchemaWait}: 10 s. */
  public static final Duration DEFAULT_MAX_SCHEMA_WAIT = Duration.ofSeconds(10);

  /** Default of {@code schemaDebounce}: 1 s. */
  public static final Duration DEFAULT_SCHEMA_DEBOUNCE = Duration.ofSeconds(1);

  /** Default of {@code refreshInterval}: 1 minute. */
  public static final Duration DEFAULT_REFRESH_INTERVAL = Duration.ofMinutes(1);

  static final OptionKeys KEYS =
      OptionKeys.of(MetadataOptions.class)
          .booleans("useSchema")
          .textLists("includeKeyspaces", "excludeKeyspaces")
          .durations("schemaDebounce", "maxSchemaWait", "refreshInterval");

  private boolean useSchema = DEFAULT_USE_SCHEMA;
  private List<String> includeKeyspaces = new ArrayList<>();
  private List<String> excludeKeyspaces = new ArrayList<>();
  private Duration schemaDebounce = DEFAULT_SCHEMA_DEBOUNCE;
  private Duration maxSchemaWait = DEFAULT_MAX_SCHEMA_WAIT;
  private Duration refreshInterval = DEFAULT_REFRESH_INTERVAL;

  /** Options with their defaults. */
  public MetadataOptions() {}

  /** A copy. */
  public MetadataOptions(MetadataOptions other) {
    this.useSchema = other.useSchema;
    this.includeKeyspaces = new ArrayList<>(other.includeKeyspaces);
    this.excludeKeyspaces = new ArrayList<>(other.excludeKeyspaces);
    this.schemaDebounce = other.schemaDebounce;
    this.maxSchemaWait = other.maxSchemaWait;
    this.refreshInterval = other.refreshInterval;
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public MetadataOptions(JsonObject json) {
    KEYS.read(json, checked -> MetadataOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    MetadataOptionsConverter.toJson(this, json);
    return json;
  }

  /** Tells whether the session reads and follows the schema. */
  public boolean isUseSchema() {
    return useSchema;
  }

  /**
   * Sets whether the session reads and follows the schema. Nodes, tokens and replicas are followed
   * in any case. Default true; per session.
   */
  public MetadataOptions setUseSchema(boolean useSchema) {
    this.useSchema = useSchema;
    return this;
  }

  /** Returns the keyspaces whose schema is followed; empty for all. */
  public List<String> getIncludeKeyspaces() {
    return Collections.unmodifiableList(includeKeyspaces);
  }

  /**
   * Sets the keyspaces whose schema is followed, by name as the server stores it, without quotes;
   * {@code *} stands for any characters and {@code ?} for one. In JSON a list, or one text with
   * commas. Default empty, which is all; per session.
   */
  public MetadataOptions setIncludeKeyspaces(List<String> includeKeyspaces) {
    this.includeKeyspaces = new ArrayList<>(includeKeyspaces);
    return this;
  }

  /** Returns the keyspaces whose schema is not followed. */
  public List<String> getExcludeKeyspaces() {
    return Collections.unmodifiableList(excludeKeyspaces);
  }

  /**
   * Sets the keyspaces whose schema is not followed, even if they are included: names and patterns
   * as for {@link #setIncludeKeyspaces}. Default empty; per session.
   */
  public MetadataOptions setExcludeKeyspaces(List<String> excludeKeyspaces) {
    this.excludeKeyspaces = new ArrayList<>(excludeKeyspaces);
    return this;
  }

  /** Returns how long announced changes of the schema are gathered before they are read. */
  public Duration getSchemaDebounce() {
    return schemaDebounce;
  }

  /**
   * Sets how long announced changes of the schema are gathered before they are read together, from
   * the first of them. Who asks for the schema does not wait for it. Default 1 s; per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public MetadataOptions setSchemaDebounce(Duration schemaDebounce) {
    this.schemaDebounce = OptionRange.notNegative("schemaDebounce", schemaDebounce);
    return this;
  }

  /** Returns how long a change of the schema waits for all nodes to agree. */
  public Duration getMaxSchemaWait() {
    return maxSchemaWait;
  }

  /**
   * Sets how long a statement that changes the schema waits for all nodes to agree; its own timeout
   * does not count meanwhile. When the nodes do not agree in time, the result says so and is no
   * failure. 0 does not wait. Default 10 s; per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public MetadataOptions setMaxSchemaWait(Duration maxSchemaWait) {
    this.maxSchemaWait = OptionRange.notNegative("maxSchemaWait", maxSchemaWait);
    return this;
  }

  /** Returns how often the session compares what it knows with the cluster. */
  public Duration getRefreshInterval() {
    return refreshInterval;
  }

  /**
   * Sets how often the session compares the nodes that it knows, and the version of the schema,
   * with what the cluster says, though nothing was announced: an announcement may be lost. Each
   * time differs by up to 15 percent, so that sessions do not do it together. 0 is never. Default 1
   * minute; per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public MetadataOptions setRefreshInterval(Duration refreshInterval) {
    this.refreshInterval = OptionRange.notNegative("refreshInterval", refreshInterval);
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
