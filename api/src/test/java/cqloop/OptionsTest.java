package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.error.InvalidOptions;
import cqloop.error.ProfileNotFound;
import io.vertx.core.net.JksOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

  @Test
  void defaultsAreThoseOfTheRules() {
    CqlOptions options = new CqlOptions();
    ProfileOptions profile = options.effectiveProfile("default");

    assertThat(profile.getRequestTimeout()).hasSeconds(12);
    assertThat(profile.getAttemptTimeout()).isZero();
    assertThat(profile.getConsistency()).isEqualTo(Consistency.LOCAL_ONE);
    assertThat(profile.getSerialConsistency()).isEqualTo(Consistency.ANY);
    assertThat(profile.getPageSize()).isEqualTo(5000);
    assertThat(profile.getIdempotent()).isFalse();
    assertThat(profile.getMaxAttempts()).isEqualTo(10);
    assertThat(profile.getLoadBalancing().getName()).isEqualTo("default");
    assertThat(profile.getRetry().getName()).isEqualTo("default");
    assertThat(profile.getSpeculativeExecution().getName()).isEqualTo("none");
    assertThat(options.getPort()).isEqualTo(9042);
    assertThat(options.getConnection().getConnectTimeout()).hasSeconds(5);
    assertThat(options.getConnection().getResolveTimeout()).hasSeconds(2);
    assertThat(options.getConnection().getHeartbeatInterval()).hasSeconds(30);
    assertThat(options.getConnection().getIdleTimeout()).hasSeconds(60);
    assertThat(options.getConnection().getReconnection().getName()).isEqualTo("exponential");
    assertThat(options.getConnection().getTcp().getLocalPortMin()).isEqualTo(49_152);
    assertThat(options.getConnection().getTcp().getLocalPortMax()).isEqualTo(65_535);
    assertThat(options.getPool().getConnectionsLocal()).isEqualTo(1);
    assertThat(options.getPool().getMaxInFlight()).isEqualTo(2048);
    assertThat(options.getPool().getMaxOrphans()).isEqualTo(256);
    assertThat(options.getPool().getMaxOrphanAge()).hasSeconds(60);
    assertThat(options.getPool().getQueueSize()).isEqualTo(8192);
    assertThat(options.getMetadata().getMaxSchemaWait()).hasSeconds(10);
    assertThat(options.getMetadata().getRefreshInterval()).hasMinutes(1);
    assertThat(options.getProtocol().getVersion()).isNull();
    assertThat(options.getProtocol().getMaxFrameBytes()).isEqualTo(256 << 20);
    assertThat(options.getRequest().getTraceMaxWait()).hasMillis(15);
    assertThat(options.getRequest().getTraceRetryWait()).hasMillis(3);
    assertThat(options.getTracingPolicy()).isEqualTo(TracingPolicy.PROPAGATE);
    options.addContactPoint("db").validate();
  }

  @Test
  void profilesInheritFromTheDefaultProfileAndThenFromTheDefaults() {
    CqlOptions options =
        new CqlOptions()
            .setDefaultProfile(new ProfileOptions().setConsistency(Consistency.TWO).setPageSize(10))
            .addProfile("reports", new ProfileOptions().setPageSize(20));
    ProfileOptions reports = options.effectiveProfile("reports");

    assertThat(reports.getPageSize()).isEqualTo(20);
    assertThat(reports.getConsistency()).isEqualTo(Consistency.TWO);
    assertThat(reports.getRequestTimeout()).hasSeconds(12);
    assertThat(options.effectiveProfile("default").getPageSize()).isEqualTo(10);
    assertThat(options.getProfiles().get("reports").getConsistency()).isNull();
    assertThatExceptionOfType(ProfileNotFound.class)
        .isThrownBy(() -> options.effectiveProfile("olap"))
        .withMessage("No execution profile 'olap'. Known: default, reports");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.addProfile("default", new ProfileOptions()))
        .withMessage("The profile 'default' is set as defaultProfile");
  }

  static Stream<Consumer<CqlOptions>> outOfRange() {
    return Stream.of(
        o -> o.setPort(0),
        o -> o.addProfile(" ", new ProfileOptions()),
        o -> o.getConnection().setConnectTimeout(Duration.ZERO),
        o -> o.getConnection().setIdleTimeout(Duration.ofMillis(-1)),
        o -> o.getConnection().setCloseTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
        o -> o.getConnection().getTcp().setLocalPortMin(80),
        o -> o.getPool().setMaxInFlight(32_768),
        o -> o.getPool().setQueueSize(-1),
        o -> o.getProtocol().setClientId("me"),
        o -> o.getProtocol().setCompression(""),
        o -> o.getProtocol().setMaxFrameBytes(1023),
        o -> o.getDefaultProfile().setPageSize(-1),
        o -> o.getDefaultProfile().setMaxAttempts(0),
        o -> o.getDefaultProfile().setSerialConsistency(Consistency.QUORUM),
        o -> o.getDefaultProfile().setRequestTimeout(Duration.ofMillis(-1)),
        o -> o.setTls(new TlsOptions().setHandshakeTimeout(Duration.ZERO)),
        o -> o.setTls(new TlsOptions().setRenewOver(Duration.ofMillis(-1))),
        o -> o.setAuth(new PolicyOptions(" ")));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void settersRefuseValuesOutOfRange(Consumer<CqlOptions> set) {
    assertThatIllegalArgumentException().isThrownBy(() -> set.accept(new CqlOptions()));
  }

  static Stream<Object[]> contradictions() {
    return Stream.of(
        contradiction(
            "TcpOptions.localPortMin",
            o -> o.getConnection().getTcp().setLocalPortMin(60_000).setLocalPortMax(50_000)),
        contradiction(
            "ConnectionOptions.idleTimeout",
            o -> o.getConnection().setIdleTimeout(Duration.ofSeconds(30))),
        contradiction("PoolOptions.maxOrphans", o -> o.getPool().setMaxInFlight(256)),
        contradiction(
            "RequestOptions.traceRetryWait",
            o -> o.getRequest().setTraceRetryWait(Duration.ofSeconds(1))),
        contradiction(
            "ProtocolOptions.version", o -> o.getProtocol().setVersion(ProtocolVersion.V6)),
        contradiction(
            "ProtocolOptions.compression",
            o -> o.getProtocol().setVersion(ProtocolVersion.V5).setCompression("snappy")),
        contradiction("CqlOptions.contactPoints", o -> o.setContactPoints(List.of())));
  }

  private static Object[] contradiction(String key, Consumer<CqlOptions> change) {
    return new Object[] {key, change};
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void validateFindsContradictions(String key, Consumer<CqlOptions> change) {
    CqlOptions options = new CqlOptions().addContactPoint("db");
    options.validate();
    change.accept(options);

    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(options::validate)
        .satisfies(e -> assertThat(e.key()).isEqualTo(key));
  }

  @Test
  void validateAcceptsHeartbeatsSwitchedOff() {
    CqlOptions options = new CqlOptions().addContactPoint("db");
    options.getConnection().setHeartbeatInterval(Duration.ZERO);
    options.validate();
    options.getConnection().setIdleTimeout(Duration.ZERO).setHeartbeatInterval(Duration.ofDays(1));
    options.validate();
  }

  @Test
  void tlsIsCopiedWithItsKeys() {
    TlsOptions tls = new TlsOptions();
    tls.getKey().setKeyCertOptions(new JksOptions());
    tls.getTrust().setTrustOptions(new JksOptions());
    TlsOptions copy = new CqlOptions(new CqlOptions().setTls(tls)).getTls();

    assertThat(copy.getKey().getKeyCertOptions()).isNotNull();
    assertThat(copy.getTrust().getTrustOptions()).isNotNull();
  }

  static Stream<Object[]> tlsContradictions() {
    return Stream.of(
        tls("TlsKeyOptions.privateKey", o -> o.getKey().setCertificateChain("c")),
        tls("TlsKeyOptions.certificateChain", o -> o.getKey().setPrivateKeyPath("k")),
        tls("TlsKeyOptions.privateKey", o -> o.getKey().setPrivateKeyPassword("p")),
        tls("TlsKeyOptions.privateKey", o -> o.getKey().setPrivateKey("k").setPrivateKeyPath("k")),
        tls("TlsKeyOptions.keyStore", o -> o.getKey().setKeyStorePassword("p")),
        tls(
            "TlsKeyOptions",
            o -> o.getKey().setKeyStorePath("p").setKeyCertOptions(new JksOptions())),
        tls("TlsTrustOptions.trustStore", o -> o.getTrust().setTrustStorePassword("p")),
        tls(
            "TlsTrustOptions.trustOptions",
            o -> o.getTrust().setSystem(true).setTrustOptions(new JksOptions())),
        tls("TlsOptions.cipherSuites", o -> o.addCipherSuite("TLS_RSA_WITH_3DES_EDE_CBC_SHA")),
        tls("TlsOptions.cipherSuites", o -> o.addCipherSuite("TLS_DH_anon_WITH_AES_128_CBC_SHA")));
  }

  private static Object[] tls(String key, Consumer<TlsOptions> change) {
    return new Object[] {key, change};
  }

  @ParameterizedTest
  @MethodSource("tlsContradictions")
  void validateFindsContradictionsOfTls(String key, Consumer<TlsOptions> change) {
    TlsOptions tls = new TlsOptions();
    CqlOptions options = new CqlOptions().addContactPoint("db").setTls(tls);
    options.validate();
    change.accept(tls);

    assertThatExceptionOfType(InvalidOptions.class)
        .isThrownBy(options::validate)
        .satisfies(e -> assertThat(e.key()).isEqualTo(key));
  }
}
