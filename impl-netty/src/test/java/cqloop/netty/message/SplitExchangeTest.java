package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.Segment;
import com.datastax.oss.protocol.internal.SegmentCodec;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.Ready;
import com.datastax.oss.protocol.internal.response.Supported;
import com.datastax.oss.protocol.internal.response.event.SchemaChangeEvent;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.DefaultRows;
import com.datastax.oss.protocol.internal.response.result.RawType;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import cqloop.netty.wire.FrameReader;
import cqloop.netty.wire.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange of a server, cut at every byte, in two and in three, gives the same frames. */
class SplitExchangeTest {

  // SCHEMA_CHANGE, CREATED, TABLE, ks, t.
  private static final int EVENT_BODY = 15 + 9 + 7 + 4 + 3;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void everyCutGivesTheSameFrames(int version) {
    byte[] traffic = traffic(version);
    List<String> whole = read(version, traffic, traffic.length, traffic.length);
    assertThat(whole).hasSize(5);
    for (int cut = 0; cut <= traffic.length; cut++) {
      assertThat(read(version, traffic, cut, traffic.length)).as("cut %d", cut).isEqualTo(whole);
    }
    for (int first = 0; first < traffic.length; first += 3) {
      for (int second = first; second < traffic.length; second += 7) {
        assertThat(read(version, traffic, first, second)).isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void singleBytesGiveTheSameFrames(int version) {
    byte[] traffic = traffic(version);
    FrameReader reader = reader(version);
    Frames frames = new Frames();
    for (byte b : traffic) {
      reader.decode(Unpooled.wrappedBuffer(new byte[] {b}), frames);
    }
    assertThat(frames.seen).isEqualTo(read(version, traffic, traffic.length, traffic.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void aThousandExchangesInOneReadGiveTheSameFrames(int version) {
    byte[] traffic = traffic(version);
    ByteBuf all = Unpooled.buffer(traffic.length * 1000);
    for (int i = 0; i < 1000; i++) {
      all.writeBytes(traffic);
    }
    Frames frames = new Frames();
    reader(version).decode(all, frames);
    List<String> once = read(version, traffic, traffic.length, traffic.length);
    assertThat(frames.seen).hasSize(5000);
    for (int i = 0; i < frames.seen.size(); i += 5) {
      assertThat(frames.seen.subList(i, i + 5)).isEqualTo(once);
    }
  }

  private static List<String> read(int version, byte[] traffic, int first, int second) {
    FrameReader reader = reader(version);
    Frames frames = new Frames();
    ByteBuf in = Unpooled.wrappedBuffer(traffic);
    reader.decode(in.readSlice(first), frames);
    reader.decode(in.readSlice(second - first), frames);
    reader.decode(in, frames);
    return frames.seen;
  }

  private static FrameReader reader(int version) {
    FrameReader reader = new FrameReader(1 << 20);
    if (version == 5) {
      reader.startSegments();
    }
    return reader;
  }

  private static byte[] traffic(int version) {
    ByteBuf out = Unpooled.buffer();
    ByteBuf frames = Unpooled.buffer();
    List<Message> messages =
        List.of(
            new Supported(Map.of("CQL_VERSION", List.of("3.4.7"))),
            new Ready(),
            rows(),
            new Error(0x2200, "unconfigured table t"),
            new SchemaChangeEvent("CREATED", "TABLE", "ks", "t", List.of()));
    for (Message message : messages) {
      int streamId = message instanceof SchemaChangeEvent ? -1 : 5;
      Frame frame = Frame.forResponse(version, streamId, null, Map.of(), List.of(), message);
      frames.writeBytes(Oracle.encode(Oracle.server(), frame));
    }
    if (version < 5) {
      return ByteBufUtil.getBytes(frames);
    }
    // Two segments of whole frames, then one frame split over two.
    int event = 9 + EVENT_BODY;
    int first = 9 + frames.getInt(5);
    byte[] all = ByteBufUtil.getBytes(frames);
    int last = all.length - event;
    encode(Arrays.copyOfRange(all, 0, first), true, out);
    encode(Arrays.copyOfRange(all, first, last), true, out);
    encode(Arrays.copyOfRange(all, last, last + 20), false, out);
    encode(Arrays.copyOfRange(all, last + 20, all.length), false, out);
    return ByteBufUtil.getBytes(out);
  }

  private static void encode(byte[] payload, boolean selfContained, ByteBuf out) {
    List<Object> parts = new ArrayList<>();
    new SegmentCodec<>(Oracle.PRIMITIVES, Compressor.<ByteBuf>none())
        .encode(new Segment<>(Unpooled.wrappedBuffer(payload), selfContained), parts);
    parts.forEach(part -> out.writeBytes((ByteBuf) part));
  }

  private static DefaultRows rows() {
    List<ColumnSpec> columns =
        List.of(new ColumnSpec("ks", "t", "v", 0, RawType.PRIMITIVES.get(9)));
    ArrayDeque<List<ByteBuffer>> data = new ArrayDeque<>();
    data.add(List.of(ByteBuffer.wrap(new byte[] {0, 0, 0, 42})));
    return new DefaultRows(new RowsMetadata(columns, null, new int[0], null), data);
  }
}
