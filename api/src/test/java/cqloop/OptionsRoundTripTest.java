package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.error.UnknownOption;
import io.vertx.codegen.annotations.GenIgnore;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.JksOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsRoundTripTest {

  private static PolicyOptions policy(String name) {
    return new PolicyOptions(name)
        .setConfig(new JsonObject().put("n", new JsonObject().put("k", 1)));
  }

  private static ProfileOptions profile() {
    return new ProfileOptions()
        .setRequestTimeout(Duration.ofMillis(1))
        .setAttemptTimeout(Duration.ofMillis(2))
        .setConsistency(Consistency.QUORUM)
        .setSerialConsistency(Consistency.LOCAL_SERIAL)
        .setPageSize(3)
        .setIdempotent(true)
        .setTracing(true)
        .setMaxAttempts(4)
        .setInherits("other")
        .setLoadBalancing(policy("lb"))
        .setAllowHosts(List.of("10.0.0.1", "10.0.0.2:9043"))
        .setDenyHosts(List.of("node3.example"))
        .setAllowDatacenters(List.of("dc1"))
        .setDenyDatacenters(List.of("dc2", "dc3"))
        .setRetry(policy("retry"))
        .setSpeculativeExecution(policy("spec"));
  }

  private static TcpOptions tcp() {
    return new TcpOptions()
        .setLocalAddress("127.0.0.9")
        .setLocalPortMin(50_000)
        .setLocalPortMax(51_000)
        .setNoDelay(false)
        .setKeepAlive(false)
        .setKeepAliveIdleSeconds(30)
        .setSendBufferBytes(4096)
        .setReceiveBufferBytes(8192);
  }

  private static ConnectionOptions connection() {
    return new ConnectionOptions()
        .setConnectTimeout(Duration.ofMillis(11))
        .setHandshakeTimeout(Duration.ofMillis(12))
        .setResolveTimeout(Duration.ofMillis(13))
        .setHeartbeatInterval(Duration.ofMillis(14))
        .setIdleTimeout(Duration.ofMillis(15))
        .setCloseTimeout(Duration.ofMillis(16))
        .setRandomizeContactPoints(false)
        .setHostnameResolution(true)
        .setReconnectOnInit(true)
        .setVerifyHostId(false)
        .setAddressTranslator(policy("subnet"))
        .setReconnection(policy("constant"))
        .setTcp(tcp());
  }

  private static PoolOptions pool() {
    return new PoolOptions()
        .setEventLoops(2)
        .setConnectionsLocal(3)
        .setConnectionsRemote(4)
        .setMaxInFlight(500)
        .setMaxOrphans(60)
        .setMaxOrphanAge(Duration.ofMillis(61))
        .setQueueSize(70)
        .setCoalesceDelayMicros(200)
        .setShardAwarePort(false);
  }

  private static ProtocolOptions protocol() {
    return new ProtocolOptions()
        .setVersion(ProtocolVersion.DSE_V2)
        .setAllowBeta(true)
        .setCompression("lz4")
        .setMaxFrameBytes(2048)
        .setNoCompact(true)
        .setThrowOnOverload(true)
        .setApplicationName("shop")
        .setApplicationVersion("1.2")
        .setClientId("c232ab00-9414-41ec-b3c8-9f6bdeced846")
        .addExtraStartupOption("K", "v");
  }

  private static RequestOptions request() {
    return new RequestOptions()
        .setAutoPrepare(true)
        .setCallerStack(true)
        .setPrepareOnAllNodes(false)
        .setPreparedCacheSize(9)
        .setTraceMaxWait(Duration.ofMillis(21))
        .setTraceRetryWait(Duration.ofMillis(20))
        .setTraceConsistency(Consistency.TWO)
        .setTimestampGenerator(policy("server-side"))
        .setThrottle(policy("rate"));
  }

  private static TlsKeyOptions tlsKey() {
    return new TlsKeyOptions()
        .setCertificateChain("chain")
        .setCertificateChainPath("chain.pem")
        .setPrivateKey("key")
        .setPrivateKeyPath("key.pem")
        .setPrivateKeyPassword("sesame")
        .setKeyStore(Buffer.buffer("store"))
        .setKeyStorePath("key.p12")
        .setKeyStorePassword("open")
        .setKeyStoreAlias("client")
        .setKeyCertOptions(new JksOptions());
  }

  private static TlsTrustOptions tlsTrust() {
    return new TlsTrustOptions()
        .setCertificates("authorities")
        .setCertificatesPath("authorities.pem")
        .setTrustStore(Buffer.buffer("store"))
        .setTrustStorePath("trust.jks")
        .setTrustStorePassword("open")
        .setSystem(true)
        .setRevocationList("list")
        .addRevocationListPath("a.crl")
        .setTrustOptions(new JksOptions());
  }

  private static TlsOptions tls() {
    return new TlsOptions()
        .setKey(tlsKey())
        .setTrust(tlsTrust())
        .setVerification(TlsVerification.PEER_IDENTITY)
        .setServerName("db.example")
        .addServerName("10.0.0.1", "db1.example")
        .setMinVersion(TlsVersion.TLS_1_3)
        .addCipherSuite("TLS_AES_128_GCM_SHA256")
        .setEngine(TlsEngine.AUTO)
        .setHandshakeTimeout(Duration.ofMillis(31))
        .setRenewOver(Duration.ofMillis(32));
  }

  private static MetadataOptions metadata() {
    return new MetadataOptions()
        .setUseSchema(false)
        .setIncludeKeyspaces(List.of("shop", "shop_*"))
        .setExcludeKeyspaces(List.of("shop_old"))
        .setSchemaDebounce(Duration.ofMillis(18))
        .setMaxSchemaWait(Duration.ofMillis(17))
        .setRefreshInterval(Duration.ofMillis(19));
  }

  private static CqlOptions cql() {
    return new CqlOptions()
        .addContactPoint("db1, db2:9043")
        .setPort(9142)
        .setKeyspace("shop")
        .setLocalDatacenter("dc1")
        .setAuth(policy("plain"))
        .setDefaultProfile(profile())
        .addProfile("reports", profile().setPageSize(7))
        .setConnection(connection())
        .setPool(pool())
        .setProtocol(protocol())
        .setMetadata(metadata())
        .setRequest(request())
        .setTls(tls())
        .setCloudBundle("/etc/bundle.zip")
        .setCloudBundleContent(Buffer.buffer("zip"))
        .setSharedName("one")
        .setMetricsName("orders")
        .setTracingPolicy(TracingPolicy.ALWAYS);
  }

  /** Options in which no option has its default. */
  static Stream<Object> everything() {
    return Stream.of(
        policy("p"),
        profile(),
        tcp(),
        connection(),
        pool(),
        protocol(),
        request(),
        tlsKey(),
        tlsTrust(),
        tls(),
        cql(),
        metadata());
  }

  @ParameterizedTest
  @MethodSource("everything")
  void jsonAndCopiesKeepEveryOption(Object options) throws Exception {
    Class<?> type = options.getClass();
    JsonObject json = toJson(options);
    JsonObject text = new JsonObject(json.encode());

    assertThat(toJson(type.getConstructor(JsonObject.class).newInstance(text))).isEqualTo(json);
    assertThat(toJson(type.getConstructor(type).newInstance(options))).isEqualTo(json);
    Object defaults = type.getConstructor().newInstance();
    for (String key : json.fieldNames()) {
      assertThat(toJson(defaults).getValue(key)).as(key).isNotEqualTo(json.getValue(key));
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void jsonKeysAreAllProperties(Object options) throws Exception {
    Set<String> setters = new TreeSet<>();
    for (Method method : options.getClass().getMethods()) {
      // GenIgnore: objects of the application that have no JSON.
      if (method.getName().startsWith("set") && !method.isAnnotationPresent(GenIgnore.class)) {
        setters.add(
            Character.toLowerCase(method.getName().charAt(3)) + method.getName().substring(4));
      }
    }
    Field keys = options.getClass().getDeclaredField("KEYS");
    keys.setAccessible(true);

    assertThat(((OptionKeys) keys.get(null)).names()).containsExactlyInAnyOrderElementsOf(setters);
    assertThat(toJson(options).fieldNames()).containsExactlyInAnyOrderElementsOf(setters);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void unknownKeysAreRefusedEverywhere(Object options) {
    JsonObject json = toJson(options).put("nonsense", 1);

    assertThatExceptionOfType(java.lang.reflect.InvocationTargetException.class)
        .isThrownBy(() -> options.getClass().getConstructor(JsonObject.class).newInstance(json))
        .withCauseInstanceOf(UnknownOption.class);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void copiesShareNothingThatCanChange(Object options) throws Exception {
    Class<?> type = options.getClass();
    Object copy = type.getConstructor(type).newInstance(options);
    for (Field field : type.getDeclaredFields()) {
      field.setAccessible(true);
      boolean mutable =
          !Modifier.isStatic(field.getModifiers())
              && (field.getType().getSimpleName().endsWith("Options")
                  || field.getType() == Map.class
                  || field.getType() == List.class
                  || field.getType() == JsonObject.class);
      if (mutable) {
        assertThat(field.get(copy)).as(field.getName()).isNotSameAs(field.get(options));
      }
    }
  }

  @Test
  void nothingIsLeftToInheritInACompleteProfile() {
    assertThat(ProfileOptions.complete().toJson().fieldNames())
        .isEqualTo(profile().toJson().fieldNames());
  }

  private static JsonObject toJson(Object options) {
    try {
      return (JsonObject) options.getClass().getMethod("toJson").invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
