package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.error.InvalidOptions;
import cqloop.error.UnknownOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsJsonTest {

  @Test
  void misspeltKeysAreNamedWithTheNearest() {
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(() -> new CqlOptions(new JsonObject().put("localDatacentre", "dc1")))
        .withMessageContaining("did you mean 'localDatacenter'?");
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(
            () ->
                new CqlOptions(
                    new JsonObject().put("pool", new JsonObject().put("maxInflight", 1))))
        .withMessageStartingWith(
            "Option 'PoolOptions.maxInflight': there is no such option, did"
                + " you mean 'maxInFlight'?");
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(
            () -> new CqlOptions(new JsonObject().put("tls", new JsonObject().put("trus", 1))))
        .withMessageStartingWith("Option 'TlsOptions.trus': there is no such option");
  }

  static Stream<Object[]> wrongTypes() {
    return Stream.of(
        new Object[] {"port", "9042", "a whole number, found a text"},
        new Object[] {"port", 1.5, "a whole number, found the number 1.5"},
        new Object[] {"port", 1L << 40, "a whole number, found the number 1099511627776"},
        new Object[] {"keyspace", 1, "a text, found the number 1"},
        new Object[] {"keyspace", true, "a text, found true or false"},
        new Object[] {"auth", "plain", "an object, found a text"},
        new Object[] {"tls", new JsonArray(), "an object, found a list"},
        new Object[] {
          "contactPoints",
          new JsonArray().add(1),
          "a list of texts, or one text with commas, found a list"
        },
        new Object[] {
          "profiles", new JsonObject().put("p", 1), "an object of objects, found an object"
        },
        new Object[] {"tracingPolicy", "NEVER", "one of IGNORE, PROPAGATE, ALWAYS, found a text"});
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void wrongTypesAreNamedWithoutTheValue(String key, Object value, String message) {
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> new CqlOptions(new JsonObject().put(key, value)))
        .withMessage("Option 'CqlOptions.%s': expected %s".formatted(key, message));
  }

  @Test
  void otherTypesAreCheckedToo() {
    refuses(() -> new PoolOptions(new JsonObject().put("queueSize", 1e300)), "a whole number");
    refuses(
        () -> new ConnectionOptions(new JsonObject().put("idleTimeout", "PT1S")),
        "a whole number of milliseconds");
    refuses(() -> new TcpOptions(new JsonObject().put("noDelay", "yes")), "true or false");
    refuses(
        () ->
            new ProtocolOptions(
                new JsonObject().put("extraStartupOptions", new JsonObject().put("a", 1))),
        "an object of texts");
  }

  @Test
  void constantsMayBeInAnyCaseAndNullCountsAsAbsent() {
    ProfileOptions profile =
        new ProfileOptions(
            new JsonObject().put("consistency", "local_quorum").putNull("serialConsistency"));

    assertThat(profile.getConsistency()).isEqualTo(Consistency.LOCAL_QUORUM);
    assertThat(profile.getSerialConsistency()).isNull();
  }

  @Test
  void jsonOutOfRangeIsAnInvalidOption() {
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> new CqlOptions(new JsonObject().put("port", 70_000)))
        .withMessage("Option 'CqlOptions': port must be within 1 to 65535, not 70000");
  }

  @Test
  void textHidesSecretsButJsonKeepsThem() {
    JsonObject secrets =
        new JsonObject()
            .put("username", "canary")
            .put("password", "canary")
            .put("list", new JsonArray().add("canary"))
            .put("deep", new JsonObject().put("what", "canary"));
    CqlOptions options =
        new CqlOptions()
            .addContactPoint("db")
            .setAuth(new PolicyOptions("plain").setConfig(secrets))
            .setDefaultProfile(
                new ProfileOptions()
                    .setRetry(
                        new PolicyOptions("x")
                            .setConfig(
                                new JsonObject()
                                    .put("api_key", "canary")
                                    .put("Access-Token", new JsonArray().add("canary"))
                                    .put("limit", 7))));
    options.getProtocol().addExtraStartupOption("MY_PASSPHRASE", "canary");
    TlsOptions tls = new TlsOptions();
    tls.getKey()
        .setPrivateKey("canary")
        .setPrivateKeyPassword("canary")
        .setPrivateKeyPath("where/it/lies.pem")
        .setKeyStore(Buffer.buffer("canary"))
        .setKeyStorePassword("canary");
    tls.getTrust().setTrustStorePassword("canary");
    options.setTls(tls);

    assertThat(options.toString())
        .startsWith("CqlOptions{")
        .contains("\"privateKeyPath\":\"where/it/lies.pem\"", "\"keyStore\":\"***\"")
        .contains("\"limit\":7", "\"username\":\"***\"", "\"name\":\"plain\"")
        .doesNotContain("canary");
    assertThat(options.getProtocol().toString()).doesNotContain("canary");
    assertThat(options.getDefaultProfile().toString()).doesNotContain("canary");
    assertThat(options.toJson().getJsonObject("auth").getJsonObject("config")).isEqualTo(secrets);
  }

  private static void refuses(Runnable create, String expected) {
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(create::run)
        .withMessageContaining("expected " + expected + ", found ");
  }
}
