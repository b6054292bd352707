package cqloop.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.bench.load.Job;
import cqloop.bench.load.Load;
import cqloop.bench.load.Tally;
import cqloop.bench.load.Workload;
import cqloop.bench.raw.RawDecodeLoad;
import cqloop.bench.spi.Origin;
import cqloop.bench.spi.Target;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.ResultBodies;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StubServerTest {
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private StubServer server;

  @BeforeEach
  void start() {
    server = new StubServer(complaints::add);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"4,false", "4,true", "5,false", "5,true"})
  void everyWorkloadReadsTheRightValues(int version, boolean lz4) throws Exception {
    runAll(target(server.listen(null), version, lz4, null));
  }

  @Test
  void servesTls(@TempDir Path folder) throws Exception {
    Path keyStore = folder.resolve("stub.p12");
    StubTls.makeKeyStore(keyStore);

    runAll(target(server.listen(StubTls.serverContext(keyStore)), 4, false, keyStore));
  }

  @Test
  void refusesAnInsertWithOtherValues() throws Exception {
    byte[] execute =
        new Bytes()
            .shortBytes(ResultBodies.preparedId(1))
            .u16(1)
            .u8(Frames.WITH_VALUES)
            .u16(6)
            .raw(new byte[1200])
            .toArray();

    assertThat(askV4(Frames.EXECUTE, execute)[Frames.OPCODE_AT]).isEqualTo((byte) Frames.ERROR);
    assertThat(complaints).containsExactly("values of the insert are not those of its key");
  }

  @Test
  void answersTheColumnsThatAreAskedOfSystemLocal() throws Exception {
    byte[] query =
        new Bytes()
            .longString("SELECT cluster_name, rack FROM system.local")
            .raw(new byte[3])
            .toArray();

    byte[] answer = askV4(Frames.QUERY, query);

    byte[] row =
        new Bytes()
            .i32(1)
            .cell("cqloop bench".getBytes(StandardCharsets.US_ASCII))
            .cell("rack1".getBytes(StandardCharsets.US_ASCII))
            .toArray();
    assertThat(answer).endsWith(row);
  }

  @Test
  void hasNoPeers() throws Exception {
    byte[] query =
        new Bytes().longString("SELECT * FROM system.peers_v2").raw(new byte[3]).toArray();

    assertThat(askV4(Frames.QUERY, query)).endsWith(new Bytes().i32(0).toArray());
  }

  private void runAll(Target target) throws Exception {
    try (Load load = new RawDecodeLoad()) {
      load.connect(target);
      // A million rows once are enough for a unit test.
      boolean withStream = target.version() == 5 && !target.lz4();
      for (Workload workload : Workload.values()) {
        if (workload == Workload.STREAM && !withStream) {
          continue;
        }
        int inFlight = workload == Workload.POINT ? 64 : 2;
        Tally tally = load.run(new Job(workload, inFlight, 1));
        assertThat(tally.requests()).as(workload.name()).isPositive();
      }
    }
    assertThat(complaints).isEmpty();
  }

  /** Sends STARTUP and one request; returns the frame that answers the request. */
  private byte[] askV4(int opcode, byte[] body) throws Exception {
    InetSocketAddress address = server.listen(null);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      byte[] options = new Bytes().u16(1).string("CQL_VERSION").string("3.0.0").toArray();
      socket.getOutputStream().write(Frames.frame(4, 0, 0, Frames.STARTUP, options));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertThat(frame(in)[Frames.OPCODE_AT]).isEqualTo((byte) Frames.READY);
      socket.getOutputStream().write(Frames.frame(4, 0, 7, opcode, body));
      byte[] answer = frame(in);
      assertThat(answer[Frames.STREAM_AT + 1]).isEqualTo((byte) 7);
      return answer;
    }
  }

  private static byte[] frame(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(Frames.LENGTH_AT);
    int length = in.readInt();
    return new Bytes().raw(header).i32(length).raw(in.readNBytes(length)).toArray();
  }

  private static Target target(
      InetSocketAddress address, int version, boolean lz4, @Nullable Path trustStore) {
    String host = address.getAddress().getHostAddress();
    return new Target(host, address.getPort(), version, lz4, trustStore, 1, Origin.CALLBACK);
  }
}
