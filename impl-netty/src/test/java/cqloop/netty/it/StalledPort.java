package cqloop.netty.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port where a connect neither succeeds nor fails: its queue of connections is full. */
final class StalledPort implements AutoCloseable {

  private static final int MOST = 50;

  private final ServerSocket server;
  private final List<Socket> queued = new ArrayList<>();

  StalledPort() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    while (fills()) {
      if (queued.size() > MOST) {
        throw new IllegalStateException("the queue of " + server + " is never full");
      }
    }
  }

  private boolean fills() throws IOException {
    Socket socket = new Socket();
    queued.add(socket);
    try {
      socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 200);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  String endpoint() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queued) {
      socket.close();
    }
    server.close();
  }
}
