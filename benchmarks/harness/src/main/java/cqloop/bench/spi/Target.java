package cqloop.bench.spi;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Value. What to connect to and how.
 *
 * @param host literal address of the server
 * @param port port that speaks plain CQL, or CQL over TLS when a trust store is given
 * @param version native protocol version, 4 or 5
 * @param lz4 whether to ask for LZ4 compression
 * @param trustStore PKCS#12 file (password {@value #STORE_PASSWORD}) that holds the server's
 *     certificate
 * @param eventLoops how many event loops send requests
 * @param origin who sends the requests
 */
public record Target(
    String host,
    int port,
    int version,
    boolean lz4,
    @Nullable Path trustStore,
    int eventLoops,
    Origin origin) {

  /** Name of the only datacenter, of the stub and of the test kit's node. */
  public static final String DATACENTER = "dc1";

  /** Password of the throw-away key and trust stores that a run makes; protects nothing. */
  public static final String STORE_PASSWORD = "benchmark";

  /** Checks the ranges. */
  public Target {
    if (version != 4 && version != 5) {
      throw new IllegalArgumentException("protocol version " + version + ", expected 4 or 5");
    }
    if (eventLoops < 1) {
      throw new IllegalArgumentException("eventLoops " + eventLoops + ", expected at least 1");
    }
  }

  /** Whether the connection is encrypted. */
  public boolean tls() {
    return trustStore != null;
  }
}
