package cqloop.netty.sim;

import java.net.InetSocketAddress;

/**
 * Not shared. One connection: the channel of the client, the socket of the server, and a pipe each
 * way.
 */
public final class SimLink {

  /** The server's side of a connection. */
  public interface ServerEnd {

    /** Bytes of the client arrived. */
    void onBytes(byte[] bytes);

    /** The client has closed, or the connection broke. */
    void onClosed();
  }

  private final SimWorld world;
  private final SimLoop loop;
  private final int number;
  private final SimPipe toServer;
  private final SimPipe toClient;
  private final SimChannel channel;
  private ServerEnd server;
  private long bytes;
  private boolean clientOpen = true;
  private boolean serverOpen = true;

  SimLink(
      SimLoop loop,
      int number,
      InetSocketAddress address,
      LinkFaults clientToServer,
      LinkFaults serverToClient) {
    this.world = loop.world();
    this.loop = loop;
    this.number = number;
    this.channel = new SimChannel(this, address);
    this.toServer =
        new SimPipe(
            world,
            clientToServer,
            arrived -> {
              if (serverOpen) {
                server.onBytes(arrived);
              }
            },
            () -> loop.run(channel::onRoom),
            this::breakUp);
    this.toClient =
        new SimPipe(
            world,
            serverToClient,
            arrived -> loop.run(() -> channel.receive(arrived)),
            () -> {},
            this::breakUp);
  }

  void attach(ServerEnd newServer) {
    server = newServer;
  }

  /** The client side. */
  public SimChannel channel() {
    return channel;
  }

  /** Counts from 1 in the order of connecting. */
  public int number() {
    return number;
  }

  public boolean isOpen() {
    return clientOpen && serverOpen;
  }

  public boolean isClientOpen() {
    return clientOpen;
  }

  /** Whether either direction ever held bytes up. */
  public boolean hasStalled() {
    return toServer.hasStalled() || toClient.hasStalled();
  }

  /** Whether pieces that arrived together are read as one. */
  boolean coalesces() {
    return world.random().nextBoolean();
  }

  int roomToServer() {
    return toServer.room();
  }

  void toServer(byte[] sent) {
    bytes += sent.length;
    toServer.write(sent);
  }

  /** How many bytes were written, both ways. */
  public long bytes() {
    return bytes;
  }

  /** The loop of the client. */
  SimLoop loop() {
    return loop;
  }

  /** The server writes. */
  public void toClient(byte[] sent) {
    if (serverOpen) {
      bytes += sent.length;
      toClient.write(sent);
    }
  }

  /** The server closes: the client learns it behind the last byte. */
  public void closeByServer() {
    if (serverOpen) {
      world.trace("link %d: server closes", number);
      serverOpen = false;
      toServer.kill();
      toClient.finish(() -> loop.run(() -> channel.onEnd(false)));
    }
  }

  /** The server ends without a word: the client learns it at once, and loses what is under way. */
  public void resetByServer() {
    breakUp(true);
  }

  /** The channel is closed. */
  void onClientClosed() {
    world.trace("link %d: client closes", number);
    clientOpen = false;
    toClient.kill();
    toServer.finish(this::endServer);
  }

  private void breakUp(boolean reset) {
    world.trace("link %d: breaks, %s", number, reset ? "reset" : "end");
    toServer.kill();
    toClient.kill();
    endServer();
    if (clientOpen) {
      loop.later(0, () -> channel.onEnd(reset));
    }
  }

  private void endServer() {
    if (serverOpen) {
      serverOpen = false;
      server.onClosed();
    }
  }
}
