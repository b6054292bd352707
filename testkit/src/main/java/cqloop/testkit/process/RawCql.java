package cqloop.testkit.process;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A blocking CQL connection for the kit's own needs: protocol v4, or v3 on request, one request at
 * a time, plain values. Written from {@code native_protocol_v4.spec}; it shares nothing with the
 * driver.
 */
public final class RawCql implements Closeable {
  /** DRIVER_NAME in STARTUP, by which the kit knows its own requests again. */
  public static final String DRIVER_NAME = "cqloop-testkit";

  // native_protocol_v4.spec, section 2.4.
  private static final int ERROR = 0x00;
  private static final int STARTUP = 0x01;
  private static final int READY = 0x02;
  private static final int AUTHENTICATE = 0x03;
  private static final int OPTIONS = 0x05;
  private static final int SUPPORTED = 0x06;
  private static final int QUERY = 0x07;
  private static final int RESULT = 0x08;
  private static final int AUTH_RESPONSE = 0x0F;
  private static final int AUTH_SUCCESS = 0x10;

  private static final int REQUEST_V3 = 0x03;
  private static final int REQUEST_V4 = 0x04;
  private static final int CONSISTENCY_ONE = 0x0001;
  private static final int HEADER_BYTES = 9;
  // Far above any answer to the kit's own statements.
  private static final int MOST_BODY_BYTES = 64 << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int version = REQUEST_V4;

  private RawCql(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * Connects; nothing is sent yet.
   *
   * @param address of the node
   * @param tls null for a plain connection
   * @param timeout of the connect and of each answer
   * @throws IOException when the node cannot be reached
   */
  public static RawCql connect(SocketAddress address, @Nullable SSLContext tls, Duration timeout)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      if (tls != null) {
        InetSocketAddress peer = (InetSocketAddress) address;
        socket =
            tls.getSocketFactory().createSocket(socket, peer.getHostString(), peer.getPort(), true);
      }
      return new RawCql(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Speaks v3 from here on, whose frames look the same; before the first request only. */
  RawCql speakV3() {
    version = REQUEST_V3;
    return this;
  }

  /** Asks for OPTIONS; true when the answer is SUPPORTED. */
  public boolean isSupported() throws IOException {
    return exchange(0, OPTIONS, new byte[0]).opcode == SUPPORTED;
  }

  /**
   * Sends STARTUP, and logs in if the node asks for it.
   *
   * @throws CqlError when the node refuses
   */
  public void start(String user, String password) throws IOException {
    start(DRIVER_NAME, user, password);
  }

  void start(String driverName, String user, String password) throws IOException {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("CQL_VERSION", "3.0.0");
    options.put("DRIVER_NAME", driverName);
    BodyWriter body = new BodyWriter().unsignedShort(options.size());
    options.forEach((name, value) -> body.string(name).string(value));
    Frame answer = exchange(0, STARTUP, body.toBytes());
    if (answer.opcode == AUTHENTICATE) {
      // RFC 4616: authzid NUL authcid NUL passwd.
      byte[] token = ('\0' + user + '\0' + password).getBytes(StandardCharsets.UTF_8);
      expect(exchange(0, AUTH_RESPONSE, new BodyWriter().bytes(token).toBytes()), AUTH_SUCCESS);
    } else {
      expect(answer, READY);
    }
  }

  /**
   * Runs a statement without values at consistency ONE.
   *
   * @return the rows, each a list of cells, null for null; empty for what returns no rows
   * @throws CqlError when the node refuses the statement
   */
  public List<List<byte @Nullable []>> query(String cql) throws IOException {
    byte[] text = cql.getBytes(StandardCharsets.UTF_8);
    byte[] body = new BodyWriter().bytes(text).unsignedShort(CONSISTENCY_ONE).octet(0).toBytes();
    return RowsReader.read(expect(exchange(0, QUERY, body), RESULT));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Sends one request and returns its answer, an ERROR too. */
  Frame exchange(int flags, int opcode, byte[] body) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + body.length);
    frame.put((byte) version).put((byte) flags).putShort((short) 0).put((byte) opcode);
    frame.putInt(body.length).put(body);
    out.write(frame.array());
    out.flush();
    return receive();
  }

  private Frame receive() throws IOException {
    in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    in.readShort();
    int opcode = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > MOST_BODY_BYTES) {
      throw new IOException("The node announced a frame body of " + length + " bytes.");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new Frame(flags, opcode, ByteBuffer.wrap(body));
  }

  static ByteBuffer expect(Frame frame, int opcode) throws IOException {
    RowsReader.skipPrelude(frame.flags, frame.body);
    if (frame.opcode == ERROR) {
      int code = frame.body.getInt();
      throw new CqlError(code, RowsReader.string(frame.body));
    }
    if (frame.opcode != opcode) {
      throw new IOException("Expected opcode " + opcode + ", the node sent " + frame.opcode + ".");
    }
    return frame.body;
  }

  /** Value. One answer. */
  static final class Frame {
    final int flags;
    final int opcode;
    final ByteBuffer body;

    Frame(int flags, int opcode, ByteBuffer body) {
      this.flags = flags;
      this.opcode = opcode;
      this.body = body;
    }
  }

  /** An ERROR answer. */
  public static final class CqlError extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;

    CqlError(int code, String message) {
      super("The node answered with error 0x%04X: %s".formatted(code, message));
      this.code = code;
    }

    /** The error code of the protocol. */
    public int code() {
      return code;
    }
  }
}
