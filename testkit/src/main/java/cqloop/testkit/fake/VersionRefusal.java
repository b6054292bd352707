package cqloop.testkit.fake;

/** Value. How a server refuses a protocol version that it does not speak. */
public enum VersionRefusal {
  /** ERROR of code PROTOCOL_ERROR under the highest version of the server: Cassandra since 2.2. */
  PROTOCOL_ERROR,
  /** The same text under the code SERVER_ERROR: some releases of Cassandra 2.1. */
  SERVER_ERROR,
  /** The same error in a frame of v2, whose header has eight bytes: Cassandra 2.0 and older. */
  OLD_HEADER,
  /** The error of {@link #PROTOCOL_ERROR} on stream 0: Cassandra 3.11 for its beta version. */
  STREAM_ZERO,
  /** The connection closes without a word. */
  CLOSE
}
