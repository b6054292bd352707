package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;

/**
 * Names a plug-in and holds its configuration: {@code new PolicyOptions("constant").setConfig(new
 * JsonObject().put("delay", 100))}. Which keys there are is up to the plug-in; keys that it does
 * not know fail the connect.
 */
@DataObject
@JsonGen(publicConverter = false)
public class PolicyOptions {

  /** Default name: {@value}. */
  public static final String DEFAULT_NAME = "default";

  static final OptionKeys KEYS = OptionKeys.of(PolicyOptions.class).texts("name").objects("config");

  private String name = DEFAULT_NAME;
  private JsonObject config = new JsonObject();

  /** The plug-in named {@value #DEFAULT_NAME} without configuration. */
  public PolicyOptions() {}

  /**
   * The plug-in of this name without configuration.
   *
   * @throws IllegalArgumentException when the name is empty
   */
  public PolicyOptions(String name) {
    setName(name);
  }

  /** A copy, the configuration included. */
  public PolicyOptions(PolicyOptions other) {
    this.name = other.name;
    this.config = other.config.copy();
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public PolicyOptions(JsonObject json) {
    KEYS.read(json, checked -> PolicyOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON, secrets of the configuration included. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    PolicyOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns the name of the plug-in. */
  public String getName() {
    return name;
  }

  /**
   * Sets which plug-in to use. Default {@value #DEFAULT_NAME}.
   *
   * @param name as its provider names itself, lower-kebab
   * @throws IllegalArgumentException when it is empty
   */
  public final PolicyOptions setName(String name) {
    this.name = OptionRange.notEmpty("name", name);
    return this;
  }

  /** Returns the configuration of the plug-in. */
  public JsonObject getConfig() {
    return config;
  }

  /** Sets the configuration that the plug-in is created with. Default empty. */
  public PolicyOptions setConfig(JsonObject config) {
    this.config = config;
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
