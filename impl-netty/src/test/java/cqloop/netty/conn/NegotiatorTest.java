package cqloop.netty.conn;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ProtocolVersion;
import cqloop.error.ConnectionFailed;
import cqloop.error.UnsupportedProtocolVersion;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimClient;
import cqloop.netty.sim.SimLink;
import cqloop.netty.sim.SimServerConnection;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireVersion;
import cqloop.testkit.fake.WireWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NegotiatorTest {

  private final OneServer one = new OneServer();

  @Test
  void takesTheHighestVersion() {
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V5);
    assertThat(one.server.connections()).hasSize(1);
  }

  @Test
  void goesDownToV4() {
    one.server.setVersions(EnumSet.of(WireVersion.V3, WireVersion.V4));
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V4);
    assertThat(open()).isEqualTo(1);
  }

  @Test
  void goesDownToV3() {
    one.server.setVersions(EnumSet.of(WireVersion.V3));
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V3);
    assertThat(open()).isEqualTo(1);
  }

  @Test
  void theRefusalMayBeAServerError() {
    one.then(
        Errors.error(
            Errors.SERVER_ERROR,
            "io.netty.handler.codec.DecoderException: Invalid or unsupported protocol version: 5"));
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V4);
  }

  @Test
  void anotherErrorIsNoRefusal() {
    one.then(Errors.error(Errors.SERVER_ERROR, "disk full"));
    Outcome<Connection> outcome = one.negotiate();
    one.soon();
    assertThat(outcome.failure()).hasMessageContaining("disk full");
    assertThat(one.server.connections()).hasSize(1);
  }

  @Test
  void takesAForcedVersion() {
    one.settings.forcedVersion = ProtocolVersion.V3;
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V3);
    assertThat(one.server.connections()).hasSize(1);
  }

  @Test
  void triesNoOtherThanAForcedVersion() {
    one.settings.forcedVersion = ProtocolVersion.V5;
    one.server.setVersions(EnumSet.of(WireVersion.V3, WireVersion.V4));
    assertThat(refused()).hasMessageContaining("Invalid or unsupported protocol version");
    assertThat(one.server.connections()).hasSize(1);
  }

  @Test
  void triesABetaVersionWhereItIsAllowed() {
    one.settings.beta = true;
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V5);
    assertThat(one.server.connections()).as("one for v6, one for v5").hasSize(2);
    assertThat(open()).isEqualTo(1);
  }

  @Test
  void snappyExcludesSegments() {
    one.settings.compression = "snappy";
    Outcome<Connection> outcome = one.negotiate();
    one.soon();
    assertThat(outcome.value().features().version()).isEqualTo(ProtocolVersion.V4);
    assertThat(one.server.connections()).hasSize(1);
  }

  @Test
  void aServerOfV1AndV2IsNamed() {
    one.network.listen(SimClient.address(0), OldServer::new);
    assertThat(refused())
        .hasMessageContaining("10.0.0.1:9042")
        .hasMessageContaining("unsupported protocol version");
    assertThat(one.network.links()).hasSize(3);
  }

  @Test
  void theRefusalMayComeOnAnotherStream() {
    // Cassandra before 2.2 refuses a version before it has read the stream id.
    one.thenDo(
        (connection, request) ->
            connection.send(
                Errors.error(Errors.PROTOCOL_ERROR, "Invalid or unsupported protocol version: 5"),
                0));
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V4);
  }

  @Test
  void takesTheVersionThatOnlyDseOffers() {
    one.server.setVersions(
        EnumSet.of(WireVersion.V3, WireVersion.V4, WireVersion.DSE_V1, WireVersion.DSE_V2));
    // The first request is of v5 and refused before it is seen here.
    one.then(offer("4/v4", "65/dse-v1", "66/dse-v2"));
    assertThat(negotiated()).isEqualTo(ProtocolVersion.DSE_V2);
    assertThat(open()).as("the connection of v4 is closed").isEqualTo(1);
  }

  @Test
  void keepsV4WhereTheVersionOfDseDoesNotWork() {
    one.server.setVersions(EnumSet.of(WireVersion.V3, WireVersion.V4));
    one.then(offer("4/v4", "65/dse-v1"));
    assertThat(negotiated()).isEqualTo(ProtocolVersion.V4);
    assertThat(open()).isEqualTo(1);
  }

  @Test
  void aNodeThatDoesNotListenIsNoRefusal() {
    one.network.stopListening(SimClient.address(0));
    Outcome<Connection> outcome = one.negotiate();
    one.soon();
    assertThat(outcome.failure()).isInstanceOf(ConnectionFailed.class);
    assertThat(one.network.connectTimes()).hasSize(1);
  }

  private static Reply offer(String... versions) {
    return Replies.supported(Map.of("PROTOCOL_VERSIONS", List.of(versions)));
  }

  private ProtocolVersion negotiated() {
    Outcome<Connection> outcome = one.negotiate();
    one.soon();
    assertThat(outcome.completions()).isEqualTo(1);
    return outcome.value().features().version();
  }

  private UnsupportedProtocolVersion refused() {
    Outcome<Connection> outcome = one.negotiate();
    one.soon();
    assertThat(outcome.completions()).isEqualTo(1);
    assertThat(outcome.failure()).isInstanceOf(UnsupportedProtocolVersion.class);
    return (UnsupportedProtocolVersion) outcome.failure();
  }

  private long open() {
    return one.server.connections().stream().filter(SimServerConnection::isOpen).count();
  }

  /** A server of v1 and v2, whose header has eight bytes. */
  private record OldServer(SimLink link) implements SimLink.ServerEnd {
    @Override
    public void onBytes(byte[] bytes) {
      byte[] body =
          new WireWriter()
              .writeInt(Errors.PROTOCOL_ERROR)
              .writeString("Invalid or unsupported protocol version: " + bytes[0])
              .toBytes();
      byte[] frame =
          new WireWriter()
              .writeByte(0x82)
              .writeByte(0)
              .writeByte(0)
              .writeByte(0)
              .writeInt(body.length)
              .writeRaw(body)
              .toBytes();
      link.toClient(frame);
      link.closeByServer();
    }

    @Override
    public void onClosed() {
      // It keeps nothing.
    }
  }
}
