package cqloop.testkit.fake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Not shared. A blocking client for tests of the fake node: frames out, frames in. */
public final class WireClient implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private final Inbound inbound = new Inbound();
  private final WireVersion version;
  private boolean lz4;

  public WireClient(InetSocketAddress address, WireVersion version) throws IOException {
    this.version = version;
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(address, READ_TIMEOUT_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** A client that has done STARTUP and got READY. */
  static WireClient ready(FakeNode node, WireVersion version, String... options)
      throws IOException {
    WireClient client = new WireClient(node.address(), version);
    Frame answer = client.startup(options);
    if (answer.opcode() != Opcode.READY) {
      throw new IOException("no READY but " + answer);
    }
    return client;
  }

  public Frame startup(String... options) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(Map.of("CQL_VERSION", "3.0.0"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    send(Opcode.STARTUP, 0, new WireWriter().writeStringMap(all).toBytes());
    Frame answer = receive();
    lz4 = "lz4".equals(all.get("COMPRESSION"));
    boolean accepted = answer.opcode() == Opcode.READY || answer.opcode() == Opcode.AUTHENTICATE;
    if (accepted && version.usesSegments()) {
      inbound.switchToSegments(lz4);
    }
    return answer;
  }

  public void send(Opcode opcode, int streamId, byte... body) throws IOException {
    send(new Frame(version.code(), 0, streamId, opcode.code(), body));
  }

  public void send(Frame frame) throws IOException {
    byte[] bytes = frame.encode();
    write(inbound.inSegments() ? Segments.wrap(bytes, lz4) : bytes);
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  public void query(int streamId, String cql) throws IOException {
    send(Opcode.QUERY, streamId, queryBody(cql));
  }

  public byte[] queryBody(String cql) {
    WireWriter body = new WireWriter().writeLongString(cql).writeShort(1);
    return (version.wideQueryFlags() ? body.writeInt(0) : body.writeByte(0)).toBytes();
  }

  /** The next frame; fails with EOFException at FIN. */
  public Frame receive() throws IOException {
    byte[] chunk = new byte[4096];
    while (true) {
      Frame frame = inbound.next();
      if (frame != null) {
        return frame;
      }
      int read = in.read(chunk);
      if (read < 0) {
        throw new EOFException("the node closed the connection");
      }
      inbound.feed(Arrays.copyOf(chunk, read));
    }
  }

  InputStream input() {
    return in;
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
