package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.error.InvalidOptions;
import cqloop.error.ProfileNotFound;
import cqloop.error.UnknownOption;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Options from properties and from the environment, with the keys of the JSON. */
class FlatOptionsTest {

  @Test
  void propertiesGiveWhatJsonGives() {
    CqlOptions fromProperties =
        properties(
            "contactPoints", "10.0.0.1, 10.0.0.2:9043",
            "port", "9142",
            "keyspace", "true",
            "auth.name", "plain",
            "auth.config.username", "app",
            "auth.config.password", "\"12345\"",
            "connection.tcp.noDelay", "false",
            "connection.connectTimeout", "750",
            "connection.reconnection.name", "constant",
            "connection.reconnection.config.delay", "100",
            "protocol.extraStartupOptions.A", "1",
            "request.throttle", "{\"name\":\"rate\",\"config\":{\"perSecond\":0.5}}",
            "tls.verification", "peer_cert",
            "tls.trust.system", "true",
            "tls.serverNames.node1", "one",
            "tracingPolicy", "always",
            "defaultProfile.consistency", "local_quorum",
            "profiles.slow.requestTimeout", "60000",
            "profiles.slow.idempotent", "TRUE",
            "profiles.slow.retry.config.budget", "0.5",
            "profiles.slow.allowHosts", "10.0.0.1, 10.0.0.2:9043",
            "profiles.slow.denyDatacenters", "dc2",
            "profiles.slower.inherits", "slow");
    JsonObject json =
        new JsonObject(
            """
            {"contactPoints": ["10.0.0.1", "10.0.0.2:9043"], "port": 9142, "keyspace": "true",
             "auth": {"name": "plain", "config": {"username": "app", "password": "12345"}},
             "connection": {"tcp": {"noDelay": false}, "connectTimeout": 750,
               "reconnection": {"name": "constant", "config": {"delay": 100}}},
             "protocol": {"extraStartupOptions": {"A": "1"}},
             "request": {"throttle": {"name": "rate", "config": {"perSecond": 0.5}}},
             "tls": {"verification": "PEER_CERT", "trust": {"system": true},
               "serverNames": {"node1": "one"}},
             "tracingPolicy": "ALWAYS", "defaultProfile": {"consistency": "LOCAL_QUORUM"},
             "profiles": {
               "slow": {"requestTimeout": 60000, "idempotent": true,
                 "retry": {"config": {"budget": 0.5}},
                 "allowHosts": ["10.0.0.1", "10.0.0.2:9043"], "denyDatacenters": ["dc2"]},
               "slower": {"inherits": "slow"}}}
            """);
    assertThat(fromProperties.toJson()).isEqualTo(new CqlOptions(json).toJson());
    assertThat(fromProperties.effectiveProfile("slower").getRequestTimeout())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void otherPropertiesAreLeftAlone() {
    Properties properties = new Properties();
    properties.setProperty("java.home", "x");
    properties.setProperty("cqloop.port", "1");
    assertThat(CqlOptions.fromProperties(properties, "cqloop.").getPort()).isEqualTo(1);
  }

  @Test
  void variablesHaveTheSameKeysInTheirOwnSpelling() {
    CqlOptions options =
        CqlOptions.fromEnvironment(
            Map.of(
                "CQLOOP_CONTACT_POINTS", "a,b",
                "CQLOOP_CONNECTION__TCP__NO_DELAY", "false",
                "CQLOOP_PROFILES__SLOW__REQUEST_TIMEOUT", "5",
                "CQLOOP_PROFILES__SLOW__ALLOW_DATACENTERS", "dc1, dc2",
                "CQLOOP_AUTH__CONFIG__USERNAME", "app",
                "PATH", "/bin"),
            "CQLOOP_");
    assertThat(options.getContactPoints()).isEqualTo(List.of("a", "b"));
    assertThat(options.getConnection().getTcp().isNoDelay()).isFalse();
    assertThat(options.effectiveProfile("slow").getRequestTimeout())
        .isEqualTo(Duration.ofMillis(5));
    assertThat(options.effectiveProfile("slow").getAllowDatacenters())
        .containsExactly("dc1", "dc2");
    assertThat(options.getAuth().getConfig()).isEqualTo(new JsonObject().put("username", "app"));
  }

  @Test
  void unknownKeysAreRefusedWithTheNearestOne() {
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(() -> properties("localDatacentre", "dc1"))
        .satisfies(error -> assertThat(error.nearest()).isEqualTo("localDatacenter"));
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(() -> properties("profiles.slow.pageSice", "1"))
        .satisfies(error -> assertThat(error.nearest()).isEqualTo("pageSize"));
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(() -> properties("profiles.slow.allowHost", "10.0.0.1"))
        .satisfies(error -> assertThat(error.nearest()).isEqualTo("allowHosts"));
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(() -> properties("conection.tcp.noDelay", "true"))
        .satisfies(error -> assertThat(error.nearest()).isEqualTo("connection"));
    assertThatExceptionOfType(UnknownOption.class)
        .isThrownBy(
            () -> CqlOptions.fromEnvironment(Map.of("CQLOOP_CONTACTPOINTS", "a"), "CQLOOP_"))
        .satisfies(error -> assertThat(error.nearest()).isEqualTo("contactPoints"));
  }

  @Test
  void wrongValuesAreRefusedByNameWithoutShowingThem() {
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> properties("port", "s3cret"))
        .withMessageContaining("CqlOptions.port")
        .withMessageContaining("a whole number")
        .withMessageNotContaining("s3cret");
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> properties("connection.tcp.noDelay", "yes"))
        .withMessageContaining("true or false");
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> properties("auth.config.password", "{s3cret"))
        .withMessageContaining("auth.config.password")
        .withMessageNotContaining("s3cret")
        .withNoCause();
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> properties("port.number", "1"))
        .withMessageContaining("has no parts");
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> properties("auth", "{}", "auth.name", "plain", "auth.config", "x"));
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> properties("connection..tcp", "1"))
        .withMessageContaining("separators");
  }

  @Test
  void profilesInheritFromEachOtherButNotInACircle() {
    CqlOptions options =
        new CqlOptions()
            .setDefaultProfile(new ProfileOptions().setPageSize(1).setMaxAttempts(2))
            .addProfile("a", new ProfileOptions().setPageSize(10).setIdempotent(true))
            .addProfile("b", new ProfileOptions().setInherits("a").setTracing(true))
            .addProfile("c", new ProfileOptions().setInherits("d"))
            .addProfile("d", new ProfileOptions().setInherits("c"))
            .addProfile("e", new ProfileOptions().setInherits("x"));
    ProfileOptions b = options.effectiveProfile("b");
    assertThat(b.getPageSize()).isEqualTo(10);
    assertThat(b.getIdempotent()).isTrue();
    assertThat(b.getTracing()).isTrue();
    assertThat(b.getMaxAttempts()).isEqualTo(2);
    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(() -> options.effectiveProfile("c"))
        .withMessageContaining("c from d from c");
    assertThatExceptionOfType(ProfileNotFound.class)
        .isThrownBy(() -> options.effectiveProfile("e"));
  }

  private static CqlOptions properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty("db." + pairs[i], pairs[i + 1]);
    }
    return CqlOptions.fromProperties(properties, "db.");
  }
}
