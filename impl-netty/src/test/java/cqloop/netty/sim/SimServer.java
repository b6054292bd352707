package cqloop.netty.sim;

import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireVersion;
import cqloop.testkit.fake.WireWriter;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Not shared. A node of the simulated world; its script answers. */
public final class SimServer {

  /** What a server does with a request; it may answer, answer later, or never. */
  @FunctionalInterface
  public interface Script {
    void onRequest(SimServerConnection connection, SimRequest request);
  }

  private final SimWorld world;
  private final SocketAddress address;
  private final List<SimServerConnection> connections = new ArrayList<>();
  private Set<WireVersion> versions;
  private Script script;

  public SimServer(
      SimWorld world, SocketAddress address, Set<WireVersion> versions, Script script) {
    this.world = world;
    this.address = address;
    this.versions = versions;
    this.script = script;
  }

  /** Accepts connections of this network. */
  public void listen(SimNetwork network) {
    network.listen(address, this::accept);
  }

  private SimLink.ServerEnd accept(SimLink link) {
    SimServerConnection connection = new SimServerConnection(this, link);
    connections.add(connection);
    return connection;
  }

  void onClosed(SimServerConnection connection) {
    world.trace("link %d: server sees the end", connection.link().number());
  }

  /** Every connection there was, in the order of accepting. */
  public List<SimServerConnection> connections() {
    return connections;
  }

  public SocketAddress address() {
    return address;
  }

  public void setScript(Script newScript) {
    script = newScript;
  }

  public void setVersions(Set<WireVersion> newVersions) {
    versions = newVersions;
  }

  Script script() {
    return script;
  }

  SimWorld world() {
    return world;
  }

  /** The answer to a frame of a version that this server does not speak, or null. */
  Frame refusal(Frame frame) {
    WireVersion version = WireVersion.of(frame.versionByte());
    if (version != null && versions.contains(version)) {
      return null;
    }
    int highest = 0;
    for (WireVersion known : versions) {
      highest = Math.max(highest, known.isDse() ? 4 : known.code());
    }
    // Texts of Cassandra 3.11 to 5.0, ProtocolVersion.decode.
    byte[] body =
        new WireWriter()
            .writeInt(Errors.PROTOCOL_ERROR)
            .writeString(
                "Invalid or unsupported protocol version (%d)".formatted(frame.versionByte()))
            .toBytes();
    return new Frame(highest | Frame.RESPONSE_BIT, 0, frame.streamId(), Opcode.ERROR.code(), body);
  }
}
