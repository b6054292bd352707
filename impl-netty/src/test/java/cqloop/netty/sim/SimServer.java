package cqloop.netty.sim;

import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireVersion;
import cqloop.testkit.fake.WireWriter;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

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
  private final ArrayDeque<Runnable> heldBack = new ArrayDeque<>();
  private Set<WireVersion> versions;
  private Script script;
  private long frozenUntilNanos;

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

  /**
   * Stops the process as SIGSTOP does: connections are still accepted and bytes still taken, but
   * nothing is read or answered before it goes on.
   */
  public void freeze(long nanos) {
    world.trace("%s is frozen for %d ms", address, nanos / 1_000_000);
    frozenUntilNanos = Math.max(frozenUntilNanos, world.elapsedNanos() + nanos);
    world.after(nanos, this::goOn);
  }

  private void goOn() {
    while (!isFrozen() && !heldBack.isEmpty()) {
      heldBack.poll().run();
    }
  }

  boolean isFrozen() {
    return world.elapsedNanos() < frozenUntilNanos;
  }

  /** Does it when the process goes on. */
  void holdBack(Runnable task) {
    heldBack.add(task);
  }

  /** Ends every connection, by an orderly end or by a reset. */
  public void hangUp(BooleanSupplier withReset) {
    for (SimServerConnection connection : connections) {
      if (withReset.getAsBoolean()) {
        connection.link().resetByServer();
      } else {
        connection.link().closeByServer();
      }
    }
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
