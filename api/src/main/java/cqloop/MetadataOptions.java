package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** What the session knows of the schema. */
@DataObject
@JsonGen(publicConverter = false)
public class MetadataOptions {

  /** Default of {@code useSchema}. */
  public static final boolean DEFAULT_USE_SCHEMA = true;

  /** Default of {@code maxSchemaWait}: 10 s. */
  public static final Duration DEFAULT_MAX_SCHEMA_WAIT = Duration.ofSeconds(10);

  private static final OptionKeys KEYS =
      OptionKeys.of(MetadataOptions.class).booleans("useSchema").durations("maxSchemaWait");

  private boolean useSchema = DEFAULT_USE_SCHEMA;
  private Duration maxSchemaWait = DEFAULT_MAX_SCHEMA_WAIT;

  /** Options with their defaults. */
  public MetadataOptions() {}

  /** A copy. */
  public MetadataOptions(MetadataOptions other) {
    this.useSchema = other.useSchema;
    this.maxSchemaWait = other.maxSchemaWait;
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

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
