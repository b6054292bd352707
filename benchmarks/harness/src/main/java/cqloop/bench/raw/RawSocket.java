package cqloop.bench.raw;

import cqloop.bench.spi.Target;
import cqloop.bench.spi.TrustStores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** A blocking connection: the fewest system calls that the JDK offers; TLS through its socket. */
interface RawSocket extends AutoCloseable {
  /** Writes all of it. */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Reads what is there, at least one byte, into the array from {@code at} on; returns how many.
   */
  int read(byte[] target, int at) throws IOException;

  @Override
  void close() throws IOException;

  /** Connects. */
  static RawSocket open(Target target) throws IOException, GeneralSecurityException {
    InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
    Path trustStore = target.trustStore();
    if (trustStore != null) {
      SSLContext context = TrustStores.contextOf(trustStore);
      Socket socket = context.getSocketFactory().createSocket(target.host(), target.port());
      socket.setTcpNoDelay(true);
      return new Tls(socket, socket.getInputStream(), socket.getOutputStream());
    }
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return new Plain(channel);
  }

  /** A channel in blocking mode. */
  final class Plain implements RawSocket {
    private final SocketChannel channel;

    Plain(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public int read(byte[] target, int at) throws IOException {
      return channel.read(ByteBuffer.wrap(target, at, target.length - at));
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A socket of the JDK's TLS. */
  final class Tls implements RawSocket {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Tls(Socket socket, InputStream in, OutputStream out) {
      this.socket = socket;
      this.in = in;
      this.out = out;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      out.write(copy);
    }

    @Override
    public int read(byte[] target, int at) throws IOException {
      return in.read(target, at, target.length - at);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
