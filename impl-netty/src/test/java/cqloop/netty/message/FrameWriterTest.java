package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.BatchType;
import cqloop.Consistency;
import cqloop.ProtocolVersion;
import cqloop.error.FrameTooLarge;
import cqloop.error.UnsupportedByProtocol;
import cqloop.netty.wire.Compression;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The requests of one turn of the loop in one buffer; nothing half-written, nothing leaked. */
class FrameWriterTest {

  private static final int LIMIT = 1 << 20;
  private static final QueryParameters PARAMETERS = QueryParameters.of(Consistency.ONE, 0);
  private static final String OPTIONS_V4 = "040000070500000000";

  private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true, 0, 1, 8192, 0);

  @AfterEach
  void leavesNoBuffer() {
    assertThat(allocator.metric().directArenas().get(0).numActiveAllocations()).isZero();
  }

  @Test
  void appendsTheFramesOfOneTurn() {
    FrameWriter writer = writer(ProtocolVersion.V4);
    assertThat(writer.isEmpty()).isTrue();
    assertThat(writer.append(Options.INSTANCE, 7)).isEqualTo(9);
    assertThat(writer.append(Options.INSTANCE, 7)).isEqualTo(9);
    assertThat(writer.isEmpty()).isFalse();
    assertThat(writer.pendingFrames()).isEqualTo(2);
    assertThat(writer.pendingBytes()).isEqualTo(18);
    assertThat(take(writer)).isEqualTo(OPTIONS_V4 + OPTIONS_V4);
    assertThat(writer.isEmpty()).isTrue();
    assertThat(writer.pendingBytes()).isZero();
  }

  @Test
  void framesOfOneTurnShareASegment() {
    FrameWriter writer = writer(ProtocolVersion.V5);
    writer.startSegments();
    assertThat(writer.append(Options.INSTANCE, 0)).isEqualTo(9);
    writer.append(Options.INSTANCE, 1);
    String segment = take(writer);
    // Length 18, self-contained; then the checksum, both frames, the checksum.
    assertThat(segment).startsWith("120002").hasSize(2 * (6 + 18 + 4));
    assertThat(segment.substring(12, 48)).isEqualTo("050000000500000000050000010500000000");
    writer.append(Options.INSTANCE, 0);
    assertThat(take(writer)).isEqualTo("090002a4c8c10500000005000000001086284d");
  }

  /** The example of QUERY in a form that a reader can check by hand. */
  @Test
  void writesAQuery() {
    FrameWriter writer = writer(ProtocolVersion.V4);
    QueryParameters parameters =
        new QueryParameters(
            Consistency.LOCAL_QUORUM,
            Consistency.LOCAL_SERIAL,
            100,
            new byte[] {0x0a},
            null,
            QueryParameters.SERVER_TIME);
    byte[] values = ByteBufUtil.decodeHexDump("0001" + "00000002" + "0102");
    writer.append(Query.positional("Q", parameters, values, 5, Envelope.PLAIN), 0x0102);
    assertThat(take(writer))
        .isEqualTo(
            "0400010207"
                + "00000023"
                + "00000001"
                + "51"
                + "0006"
                + "3d"
                + "0001"
                + "00000002"
                + "0102"
                + "00000064"
                + "00000001"
                + "0a"
                + "0009"
                + "0000000000000005");
  }

  @Test
  void failsBeforeAnythingIsWritten() {
    assertRefused(ProtocolVersion.V3, unset(), "unset");
    assertRefused(ProtocolVersion.V3, batchWithUnset(), "unset");
    assertRefused(ProtocolVersion.V3, namedUnset(), "unset");
    assertRefused(ProtocolVersion.V3, withPayload(), "payload");
    assertRefused(ProtocolVersion.V4, withKeyspace(), "keyspace");
    assertRefused(ProtocolVersion.DSE_V1, withKeyspace(), "keyspace");
    assertRefused(ProtocolVersion.V4, new Prepare("Q", "ks", Envelope.PLAIN), "keyspace");
    assertRefused(ProtocolVersion.V4, withNow(), "now-in-seconds");
    assertRefused(ProtocolVersion.DSE_V2, withNow(), "now-in-seconds");
  }

  @Test
  void refusesRequestsAboveTheLimit() {
    FrameWriter writer = writer(ProtocolVersion.V4);
    String huge = "x".repeat(LIMIT + 1);
    assertThatThrownBy(() -> writer.append(Query.of(huge, PARAMETERS), 1))
        .isInstanceOf(FrameTooLarge.class)
        .hasMessageContaining("maxFrameBytes");
    // The text alone is below the limit: found only once it is written.
    String almost = "ü".repeat(LIMIT / 2 + 1);
    assertThatThrownBy(() -> writer.append(Query.of(almost, PARAMETERS), 1))
        .isInstanceOf(FrameTooLarge.class);
    writer.append(Options.INSTANCE, 7);
    assertThatThrownBy(() -> writer.append(Query.of(almost, PARAMETERS), 1))
        .isInstanceOf(FrameTooLarge.class);
    assertThat(take(writer)).isEqualTo(OPTIONS_V4);
  }

  @Test
  void refusesStringsThatDoNotFit() {
    FrameWriter writer = writer(ProtocolVersion.V4);
    assertThatThrownBy(() -> writer.append(new Register(List.of("x".repeat(65_536))), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65535");
    assertThat(writer.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void keepsEarlierFramesWhenALaterOneFails(ProtocolVersion version) {
    FrameWriter writer = writer(version);
    if (version.hasSegments()) {
      writer.startSegments();
    }
    writer.append(Options.INSTANCE, 1);
    assertThatThrownBy(() -> writer.append(new Register(List.of("x".repeat(65_536))), 1))
        .isInstanceOf(IllegalArgumentException.class);
    writer.append(Options.INSTANCE, 2);
    String bytes = take(writer);
    assertThat(bytes).contains(version == ProtocolVersion.V4 ? "0400000105" : "0500000105");
    assertThat(bytes).hasSize(2 * (version == ProtocolVersion.V4 ? 18 : 28));
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void releaseDropsWhatIsPending(ProtocolVersion version) {
    FrameWriter writer = writer(version);
    if (version.hasSegments()) {
      writer.startSegments();
    }
    writer.append(Options.INSTANCE, 1);
    writer.release();
    assertThat(writer.isEmpty()).isTrue();
    writer.release();
    assertThatThrownBy(writer::take).isInstanceOf(IllegalStateException.class);
    writer.append(Options.INSTANCE, 0);
    assertThat(take(writer))
        .isEqualTo(
            version == ProtocolVersion.V4
                ? "040000000500000000"
                : "090002a4c8c10500000005000000001086284d");
  }

  @Test
  void refusesToStartSegmentsBehindPlainFrames() {
    FrameWriter writer = writer(ProtocolVersion.V5);
    writer.append(Options.INSTANCE, 0);
    assertThatThrownBy(writer::startSegments).isInstanceOf(IllegalStateException.class);
    writer.release();
  }

  @Test
  void compressesBodiesButNeverTheHandshake() {
    FrameWriter writer = writer(ProtocolVersion.V4);
    writer.setCompression(Compression.lz4());
    String cql = "x".repeat(1000);
    writer.append(new Startup(Map.of("CQL_VERSION", cql)), 0);
    assertThat(take(writer)).startsWith("04000000" + "01").hasSizeGreaterThan(2000);
    writer.append(Options.INSTANCE, 7);
    assertThat(take(writer)).isEqualTo(OPTIONS_V4);
    int bytes = writer.append(Query.of(cql, PARAMETERS), 7);
    String frame = take(writer);
    assertThat(frame).startsWith("0401000707").hasSize(2 * bytes).hasSizeLessThan(200);
    byte[] packed = ByteBufUtil.decodeHexDump(frame.substring(18 + 8));
    byte[] body = LZ4Factory.safeInstance().safeDecompressor().decompress(packed, 1007);
    assertThat(ByteBufUtil.hexDump(body)).startsWith("000003e8" + "7878").endsWith("000100");
  }

  @Test
  void compressesSegmentsInsteadOfBodiesInV5() {
    FrameWriter writer = writer(ProtocolVersion.V5);
    writer.setCompression(Compression.lz4());
    writer.append(new Startup(Map.of("CQL_VERSION", "3.0.0")), 0);
    assertThat(take(writer)).startsWith("0500000001");
    writer.startSegments();
    int bytes = writer.append(Query.of("x".repeat(1000), PARAMETERS), 7);
    assertThat(bytes).isGreaterThan(1000);
    assertThat(take(writer)).hasSizeLessThan(200);
  }

  @Test
  void marksBetaVersions() {
    FrameWriter writer = writer(ProtocolVersion.V6);
    writer.append(Options.INSTANCE, 0);
    assertThat(take(writer)).isEqualTo("061000000500000000");
  }

  private FrameWriter writer(ProtocolVersion version) {
    return new FrameWriter(allocator, Features.of(version), LIMIT);
  }

  private static String take(FrameWriter writer) {
    ByteBuf out = writer.take();
    try {
      return ByteBufUtil.hexDump(out);
    } finally {
      out.release();
    }
  }

  private void assertRefused(ProtocolVersion version, Request request, String feature) {
    FrameWriter writer = writer(version);
    assertThatThrownBy(() -> writer.append(request, 1))
        .isInstanceOf(UnsupportedByProtocol.class)
        .hasMessageContaining(feature)
        .hasMessageContaining(version.name());
    assertThat(writer.isEmpty()).isTrue();
    assertThat(writer.pendingBytes()).isZero();
  }

  private static Request unset() {
    byte[] values = ByteBufUtil.decodeHexDump("0002" + "00000001ff" + "fffffffe");
    return Query.positional("Q", PARAMETERS, values, QueryParameters.NO_TIMESTAMP, Envelope.PLAIN);
  }

  private static Request namedUnset() {
    byte[] values = ByteBufUtil.decodeHexDump("0002" + "000161ffffffff" + "000162fffffffe");
    return Query.named("Q", PARAMETERS, values, QueryParameters.NO_TIMESTAMP, Envelope.PLAIN);
  }

  private static Request batchWithUnset() {
    byte[] values = ByteBufUtil.decodeHexDump("0001fffffffe");
    return new Batch(
        BatchType.LOGGED,
        List.of(BatchEntry.prepared(new byte[16], values, null)),
        PARAMETERS,
        QueryParameters.NO_TIMESTAMP,
        Envelope.PLAIN);
  }

  private static Request withPayload() {
    return new Prepare("Q", null, new Envelope(false, Map.of("k", Buffer.buffer("v"))));
  }

  private static Request withKeyspace() {
    return Query.of(
        "Q",
        new QueryParameters(Consistency.ONE, null, 0, null, "ks", QueryParameters.SERVER_TIME));
  }

  private static Request withNow() {
    return Query.of("Q", new QueryParameters(Consistency.ONE, null, 0, null, null, 1));
  }
}
