package cqloop.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class FakeNodeHandshakeTest {
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    Waiting.get(vertx.close());
  }

  private FakeNode node(FakeNodeOptions options) throws Exception {
    return Waiting.get(FakeNode.start(vertx, options));
  }

  private static int errorCode(Frame frame) {
    assertThat(frame.opcode()).isEqualTo(Opcode.ERROR);
    return new WireReader(frame.body()).readInt();
  }

  private static byte[] token(String text) {
    return new WireWriter().writeBytes(text.getBytes(StandardCharsets.UTF_8)).toBytes();
  }

  @Test
  void tellsWhatItSupports() throws Exception {
    FakeNode node =
        node(
            new FakeNodeOptions()
                .setVersions(WireVersion.V4, WireVersion.V5)
                .setBetaVersions(WireVersion.V5)
                .setCompressions(Compression.LZ4)
                .addSupported("SCYLLA_NR_SHARDS", "4"));
    try (WireClient client = new WireClient(node.address(), WireVersion.V4)) {
      client.send(Opcode.OPTIONS, 3);
      Frame answer = client.receive();
      assertThat(answer.opcode()).isEqualTo(Opcode.SUPPORTED);
      assertThat(new WireReader(answer.body()).readStringMultimap())
          .containsEntry("COMPRESSION", List.of("lz4"))
          .containsEntry("PROTOCOL_VERSIONS", List.of("4/v4", "5/v5-beta"))
          .containsEntry("SCYLLA_NR_SHARDS", List.of("4"))
          .containsKey("CQL_VERSION");
    }
  }

  @ParameterizedTest
  @EnumSource
  void checksCredentials(WireVersion version) throws Exception {
    FakeNode node =
        node(
            new FakeNodeOptions()
                .setVersions(WireVersion.values())
                .setCredentials("cassandra", "secret"));
    try (WireClient client = new WireClient(node.address(), version)) {
      Frame asked = client.startup();
      assertThat(asked.opcode()).isEqualTo(Opcode.AUTHENTICATE);
      assertThat(new WireReader(asked.body()).readString()).endsWith(".PasswordAuthenticator");
      client.send(Opcode.AUTH_RESPONSE, 1, token("\0cassandra\0wrong"));
      assertThat(errorCode(client.receive())).isEqualTo(Errors.BAD_CREDENTIALS);
      client.send(Opcode.AUTH_RESPONSE, 2, token("proxied\0cassandra\0secret"));
      assertThat(client.receive().opcode()).isEqualTo(Opcode.AUTH_SUCCESS);
    }
  }

  @Test
  void refusesAStartupThatCannotBe() throws Exception {
    FakeNode node = node(new FakeNodeOptions());
    try (WireClient client = new WireClient(node.address(), WireVersion.V5)) {
      assertThat(errorCode(client.startup("COMPRESSION", "snappy")))
          .isEqualTo(Errors.PROTOCOL_ERROR);
    }
    try (WireClient client = new WireClient(node.address(), WireVersion.V4)) {
      Frame refusal = client.startup("COMPRESSION", "zstd");
      assertThat(errorCode(refusal)).isEqualTo(Errors.PROTOCOL_ERROR);
      assertThat(new String(refusal.body(), StandardCharsets.UTF_8)).contains("zstd");
      client.send(Opcode.STARTUP, 0, new WireWriter().writeStringMap(Map.of()).toBytes());
      refusal = client.receive();
      assertThat(new String(refusal.body(), StandardCharsets.UTF_8)).contains("CQL_VERSION");
    }
  }

  @Test
  void speaksTheDialectOfTheDseAuthenticator() throws Exception {
    FakeNode node =
        node(
            new FakeNodeOptions()
                .setCredentials("cassandra", "secret")
                .setAuthenticator("com.datastax.bdp.cassandra.auth.DseAuthenticator"));
    try (WireClient client = new WireClient(node.address(), WireVersion.V4)) {
      client.startup();
      client.send(Opcode.AUTH_RESPONSE, 1, token("PLAIN"));
      Frame challenge = client.receive();
      assertThat(challenge.opcode()).isEqualTo(Opcode.AUTH_CHALLENGE);
      assertThat(new WireReader(challenge.body()).readBytes())
          .isEqualTo("PLAIN-START".getBytes(StandardCharsets.US_ASCII));
      client.send(Opcode.AUTH_RESPONSE, 1, token("\0cassandra\0secret"));
      assertThat(client.receive().opcode()).isEqualTo(Opcode.AUTH_SUCCESS);
    }
  }

  @Test
  void asksForTheBetaFlag() throws Exception {
    FakeNode node = node(new FakeNodeOptions().setBetaVersions(WireVersion.V5));
    try (WireClient client = new WireClient(node.address(), WireVersion.V5)) {
      Frame refusal = client.startup();
      assertThat(errorCode(refusal)).isEqualTo(Errors.PROTOCOL_ERROR);
      assertThat(new String(refusal.body(), StandardCharsets.UTF_8)).contains("USE_BETA");
      client.send(new Frame(5, Frame.FLAG_BETA, 1, Opcode.OPTIONS.code(), new byte[0]));
      assertThat(client.receive().opcode()).isEqualTo(Opcode.SUPPORTED);
    }
  }

  @Test
  void refusesAsOldServersDo() throws Exception {
    FakeNode node = node(new FakeNodeOptions().setVersions().setRefusal(VersionRefusal.OLD_HEADER));
    try (WireClient client = new WireClient(node.address(), WireVersion.V4)) {
      client.send(Opcode.OPTIONS, 0);
      byte[] header = client.input().readNBytes(Frame.OLD_HEADER_BYTES);
      assertThat(HexFormat.of().formatHex(header)).startsWith("82000000000000");
    }
  }

  @Test
  void refusesWithServerErrorOrSilence() throws Exception {
    FakeNodeOptions options = new FakeNodeOptions().setVersions(WireVersion.V3);
    FakeNode angry = node(options.setRefusal(VersionRefusal.SERVER_ERROR));
    try (WireClient client = new WireClient(angry.address(), WireVersion.V4)) {
      Frame refusal = client.startup();
      assertThat(refusal.versionByte()).isEqualTo(0x83);
      assertThat(errorCode(refusal)).isEqualTo(Errors.SERVER_ERROR);
    }
    FakeNode silent = node(options.setRefusal(VersionRefusal.CLOSE));
    try (WireClient client = new WireClient(silent.address(), WireVersion.V4)) {
      assertThatThrownBy(client::startup).isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4"})
  void compressesBodiesWithSnappy(WireVersion version) throws Exception {
    FakeNode node = node(new FakeNodeOptions());
    String big = "y".repeat(5_000);
    node.when(Conditions.query(big)).reply(Replies.setKeyspace(big));
    try (WireClient client = WireClient.ready(node, version, "COMPRESSION", "snappy")) {
      byte[] body = Compression.SNAPPY.compressBody(client.queryBody(big));
      client.send(new Frame(version.code(), Frame.FLAG_COMPRESSED, 1, Opcode.QUERY.code(), body));
      Frame answer = client.receive();
      assertThat(answer.hasFlag(Frame.FLAG_COMPRESSED)).isTrue();
      assertThat(answer.body()).hasSizeLessThan(1_000);
      WireReader result = new WireReader(Compression.SNAPPY.decompressBody(answer.body()));
      assertThat(result.readInt()).isEqualTo(3);
      assertThat(result.readString()).isEqualTo(big);
    }
  }

  @Test
  void aCompressedFrameWithoutAnAgreementIsAProtocolError() throws Exception {
    FakeNode node = node(new FakeNodeOptions());
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      client.send(new Frame(4, Frame.FLAG_COMPRESSED, 9, Opcode.QUERY.code(), new byte[] {1}));
      Frame answer = client.receive();
      assertThat(answer.streamId()).isEqualTo(9);
      assertThat(errorCode(answer)).isEqualTo(Errors.PROTOCOL_ERROR);
      assertThat(node.violations()).hasSize(1);
    }
  }

  @Test
  void theScyllaExtensionBringsMetadataIdsToV4() throws Exception {
    FakeNode node = node(new FakeNodeOptions());
    try (WireClient client = WireClient.ready(node, WireVersion.V4, "SCYLLA_USE_METADATA_ID", "")) {
      client.send(Opcode.PREPARE, 1, new WireWriter().writeLongString("SELECT 1").toBytes());
      WireReader prepared = new WireReader(client.receive().body());
      assertThat(prepared.readInt()).isEqualTo(4);
      assertThat(prepared.readShortBytes()).hasSize(16);
      assertThat(prepared.readShortBytes()).containsExactly('M', '1');
    }
  }

  private static String supported(WireClient client, String key) throws IOException {
    client.send(Opcode.OPTIONS, 1);
    return new WireReader(client.receive().body()).readStringMultimap().get(key).get(0);
  }

  @Test
  void thePlainPortGivesTheLeastLoadedShard() throws Exception {
    FakeNode node = node(new FakeNodeOptions().setShards(2));
    try (WireClient first = WireClient.ready(node, WireVersion.V4);
        WireClient second = WireClient.ready(node, WireVersion.V4)) {
      assertThat(supported(first, "SCYLLA_SHARD")).isEqualTo("0");
      assertThat(supported(second, "SCYLLA_SHARD")).isEqualTo("1");
      assertThat(supported(first, "SCYLLA_NR_SHARDS")).isEqualTo("2");
      assertThat(supported(first, "SCYLLA_SHARD_AWARE_PORT"))
          .isEqualTo(String.valueOf(node.shardAwarePort()));
      first.close();
      Polling.until(() -> node.counters().openConnections() == 1);
      try (WireClient third = WireClient.ready(node, WireVersion.V4)) {
        assertThat(supported(third, "SCYLLA_SHARD")).isEqualTo("0");
      }
    }
  }

  @Test
  void theShardAwarePortObeysTheClientsPort() throws Exception {
    FakeNode node = node(new FakeNodeOptions().setShards(16));
    InetSocketAddress aware = new InetSocketAddress("127.0.0.1", node.shardAwarePort());
    for (int i = 0; i < 5; i++) {
      try (WireClient client = new WireClient(aware, WireVersion.V4)) {
        int expected = client.socket().getLocalPort() % 16;
        assertThat(supported(client, "SCYLLA_SHARD")).isEqualTo(String.valueOf(expected));
      }
    }
  }

  @Test
  void servesTls() throws Exception {
    TestCertificates authority = TestCertificates.create();
    TestIdentity identity = authority.issue(CertificateRequest.server("127.0.0.1"));
    PemKeyCertOptions pem =
        new PemKeyCertOptions()
            .setKeyValue(Buffer.buffer(identity.keyPem()))
            .setCertValue(Buffer.buffer(identity.chainPem()));
    FakeNode node =
        node(
            new FakeNodeOptions()
                .setServerOptions(new NetServerOptions().setSsl(true).setKeyCertOptions(pem)));
    NetClientOptions options =
        new NetClientOptions()
            .setSsl(true)
            .setHostnameVerificationAlgorithm("HTTPS")
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(authority.authorityPem())));
    NetClient client = vertx.createNetClient(options);
    NetSocket socket = Waiting.get(client.connect(node.port(), "127.0.0.1"));
    Promise<Buffer> answer = Promise.promise();
    socket.handler(answer::tryComplete);
    byte[] body = new WireWriter().writeStringMap(Map.of("CQL_VERSION", "3.0.0")).toBytes();
    socket.write(Buffer.buffer(new Frame(4, 0, 0, Opcode.STARTUP.code(), body).encode()));
    assertThat(HexFormat.of().formatHex(Waiting.get(answer.future()).getBytes()))
        .isEqualTo("840000000200000000");
    Waiting.get(client.close());
  }
}
