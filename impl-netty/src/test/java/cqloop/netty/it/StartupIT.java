package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.ProtocolVersion;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.ServerLine;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a connection says of itself when it starts, as the server saw it. */
@CassandraTest
class StartupIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @Test
  void highestCommonVersionIsNegotiated() {
    CqlSession session = sessions.connect(sessions.options());
    assertThat(session.protocolVersion().code()).isEqualTo(sessions.line().highestProtocol());
    assertThat(Awaits.get(session.execute("SELECT key FROM system.local")).size()).isEqualTo(1);
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void forcedVersionAndCompressionAreSpoken(Wire wire) {
    CqlSession session = sessions.on(wire);
    assertThat(session.protocolVersion()).isEqualTo(wire.version());
    String mark = "spoken " + wire;
    Awaits.get(session.execute("SELECT key FROM system.local /* " + mark + " */"));
    RecordedRequest seen = sessions.node().requests(mark).get(0);
    assertThat(seen.protocol()).isEqualTo(wire.version().code());
    if (sessions.line().atLeast(ServerLine.V4_1)) {
      if (wire.compression().equals("none")) {
        assertThat(seen.startupOptions()).doesNotContainKey("COMPRESSION");
      } else {
        assertThat(seen.startupOptions()).containsEntry("COMPRESSION", wire.compression());
      }
    }
  }

  @Test
  void snappyLeavesV5OutOfTheNegotiation() {
    CqlOptions options = sessions.options();
    options.getProtocol().setCompression("snappy");
    CqlSession session = sessions.connect(options);
    assertThat(session.protocolVersion()).isEqualTo(ProtocolVersion.V4);
    Awaits.get(session.close());
  }

  @Test
  void serverKnowsDriverApplicationAndClient() {
    assumeTrue(sessions.line().atLeast(ServerLine.V4_1), "older servers forget what STARTUP says");
    UUID client = UUID.randomUUID();
    CqlSession session = sessions.connect(withNames(sessions.options(), client));
    assertThat(session.clientId()).isEqualTo(client);
    Awaits.get(session.execute("SELECT key FROM system.local /* named */"));
    RecordedRequest seen = sessions.node().requests("/* named */").get(0);
    assertThat(seen.driverName()).isEqualTo("cqloop");
    assertThat(seen.driverVersion()).isNotEmpty().doesNotContain("$");
    assertThat(seen.startupOptions())
        .containsEntry("APPLICATION_NAME", "shop")
        .containsEntry("APPLICATION_VERSION", "1.2")
        .containsEntry("CLIENT_ID", client.toString())
        .containsEntry("CUSTOM", "x");
    Awaits.get(session.close());
  }

  @Test
  void everyOptionIsSentAndNothingElse() {
    try (Fakes fakes = new Fakes()) {
      FakeNode node = fakes.start(new FakeNodeOptions());
      UUID client = UUID.randomUUID();
      CqlOptions options = withNames(Fakes.options(node), client);
      options.getProtocol().setNoCompact(true).setThrowOnOverload(true).setCompression("lz4");
      CqlSession session = Awaits.get(CqlSession.connect(sessions.vertx(), options));
      Map<String, String> startup = node.connections().get(0).startupOptions();
      assertThat(startup)
          .containsEntry("CQL_VERSION", "3.0.0")
          .containsEntry("DRIVER_NAME", "cqloop")
          .containsEntry("APPLICATION_NAME", "shop")
          .containsEntry("APPLICATION_VERSION", "1.2")
          .containsEntry("CLIENT_ID", client.toString())
          .containsEntry("NO_COMPACT", "true")
          .containsEntry("THROW_ON_OVERLOAD", "1")
          .containsEntry("COMPRESSION", "lz4")
          .containsEntry("CUSTOM", "x")
          .containsKey("DRIVER_VERSION")
          .hasSize(10);
      Awaits.get(session.close());

      CqlSession plain = Awaits.get(CqlSession.connect(sessions.vertx(), Fakes.options(node)));
      assertThat(node.connections().get(0).startupOptions())
          .containsOnlyKeys("CQL_VERSION", "DRIVER_NAME", "DRIVER_VERSION", "CLIENT_ID");
      Awaits.get(plain.close());
      assertThat(node.violations()).isEmpty();
    }
  }

  @Test
  void eachSessionHasAnIdOfItsOwn() {
    CqlSession one = sessions.connect(sessions.options());
    CqlSession two = sessions.connect(sessions.options());
    assertThat(one.clientId()).isNotEqualTo(two.clientId());
    Awaits.get(one.close());
    Awaits.get(two.close());
  }

  private static CqlOptions withNames(CqlOptions options, UUID client) {
    options
        .getProtocol()
        .setApplicationName("shop")
        .setApplicationVersion("1.2")
        .setClientId(client.toString())
        .addExtraStartupOption("CUSTOM", "x");
    return options;
  }
}
