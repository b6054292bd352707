package cqloop.netty.fault;

import static cqloop.testkit.fake.Reactions.corruptHeaderChecksum;
import static cqloop.testkit.fake.Reactions.corruptPayloadChecksum;
import static cqloop.testkit.fake.Reactions.forgeFrame;
import static cqloop.testkit.fake.Reactions.onStream;
import static cqloop.testkit.fake.Reactions.raw;
import static cqloop.testkit.fake.Reactions.reply;

import cqloop.netty.fault.HostileCase.Effect;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reaction;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.Segments;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Value. The catalogue of faults F1 to F14, as answers to one statement. */
final class HostileCatalogue {

  private static final int ROWS = 2;
  private static final int PREPARED = 4;
  private static final int GLOBAL_TABLE = 0x01;
  private static final int NO_METADATA = 0x04;
  private static final int LENGTH_OFFSET = 5;

  private final List<HostileCase> cases = new ArrayList<>();

  /** The cases for a connection with or without segments. */
  static List<HostileCase> of(boolean segments) {
    HostileCatalogue catalogue = new HostileCatalogue();
    catalogue.lengths(segments);
    catalogue.headers(segments);
    if (segments) {
      catalogue.segments();
    } else {
      catalogue.otherProtocols();
    }
    catalogue.bombs();
    catalogue.wrongKinds();
    catalogue.errors();
    catalogue.everyField();
    return catalogue.cases;
  }

  /** The cases of compressed bodies, F4. */
  static List<HostileCase> compressed() {
    HostileCatalogue catalogue = new HostileCatalogue();
    for (int claim : new int[] {Integer.MAX_VALUE, -1, 300_000_000, 100_000, 0}) {
      byte[] body = new WireWriter().writeInt(claim).writeRaw(new byte[21]).toBytes();
      catalogue.add("LZ4 that claims " + claim, Effect.FAILS_REQUEST, compressedBody(body));
    }
    catalogue.add("LZ4 of 3 bytes", Effect.FAILS_REQUEST, compressedBody(new byte[3]));
    byte[] garbage = new byte[200];
    Arrays.fill(garbage, (byte) 0xF7);
    garbage[0] = 0;
    garbage[1] = 0;
    catalogue.add("LZ4 that is garbage", Effect.FAILS_REQUEST, compressedBody(garbage));
    return catalogue.cases;
  }

  private static Reaction compressedBody(byte[] body) {
    return exchange -> {
      Frame frame = exchange.frame(Replies.voidResult());
      int flags = frame.flags() | Frame.FLAG_COMPRESSED;
      return exchange
          .connection()
          .write(
              new Frame(frame.versionByte(), flags, frame.streamId(), frame.opcodeByte(), body)
                  .encode());
    };
  }

  private void add(String name, Effect effect, Reaction reaction) {
    cases.add(new HostileCase(name, effect, reaction));
  }

  /** F1: what the header claims, and no body. */
  private void lengths(boolean segments) {
    for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 256 * 1024 * 1024 + 1}) {
      add(
          "a frame of length " + length,
          Effect.BREAKS_CONNECTION,
          header(segments, bytes -> ByteBuffer.wrap(bytes).putInt(LENGTH_OFFSET, length)));
    }
  }

  /** F8, F12: version, flags, stream and opcode. */
  private void headers(boolean segments) {
    for (int version : new int[] {0x00, 0x04, 0x05, 0x7F, 0x80, 0x82, 0x87, 0xFF}) {
      add(
          "a frame of version 0x%02x".formatted(version),
          Effect.BREAKS_CONNECTION,
          header(segments, bytes -> bytes[0] = (byte) version));
    }
    for (int opcode : new int[] {0x01, 0x04, 0x05, 0x07, 0x09, 0x0D, 0x0F, 0x11, 0x7F, 0xFF}) {
      add(
          "a frame of opcode 0x%02x".formatted(opcode),
          Effect.BREAKS_CONNECTION,
          header(segments, bytes -> bytes[4] = (byte) opcode));
    }
    add("an unknown flag", Effect.BREAKS_CONNECTION, header(segments, bytes -> bytes[1] = 0x40));
    for (int stream : new int[] {30_000, 1_023, -2, Short.MIN_VALUE}) {
      add(
          "an answer on stream " + stream,
          Effect.BREAKS_CONNECTION,
          onStream(stream, Replies.voidResult()));
    }
    add(
        "rows on the stream of events",
        Effect.BREAKS_CONNECTION,
        onStream(-1, Replies.voidResult()));
    for (int flag : new int[] {Frame.FLAG_TRACING, Frame.FLAG_PAYLOAD, Frame.FLAG_WARNINGS}) {
      add(
          "flag %d and nothing that belongs to it".formatted(flag),
          Effect.FAILS_REQUEST,
          forgeFrame(
              Replies.voidResult(),
              frame ->
                  new Frame(
                      frame.versionByte(),
                      frame.flags() | flag,
                      frame.streamId(),
                      frame.opcodeByte(),
                      frame.body())));
    }
  }

  /** F5, F6: segments that are damaged, or that do not fit together. */
  private void segments() {
    Reply good = Replies.voidResult();
    add("a wrong checksum of a header", Effect.BREAKS_CONNECTION, corruptHeaderChecksum(good));
    add("a wrong checksum of a payload", Effect.BREAKS_CONNECTION, corruptPayloadChecksum(good));
    add("an empty segment", Effect.BREAKS_CONNECTION, raw(Segments.encode(new byte[0], true)));
    segment("a segment that ends within a frame", true, bytes -> Arrays.copyOf(bytes, 10));
    segment("a segment with a byte too many", true, bytes -> Arrays.copyOf(bytes, 14));
    segment("the end of a split frame and more", false, bytes -> Arrays.copyOf(bytes, 60));
    add(
        "a self-contained segment within a split frame",
        Effect.BREAKS_CONNECTION,
        exchange -> {
          byte[] frame = exchange.frame(good).encode();
          return exchange
              .connection()
              .write(Segments.encode(Arrays.copyOf(frame, 11), false))
              .compose(done -> exchange.connection().write(Segments.encode(frame, true)));
        });
  }

  private void segment(String name, boolean selfContained, UnaryOperator<byte[]> change) {
    add(
        name,
        Effect.BREAKS_CONNECTION,
        exchange -> {
          byte[] frame = exchange.frame(Replies.voidResult()).encode();
          return exchange.connection().write(Segments.encode(change.apply(frame), selfContained));
        });
  }

  private void otherProtocols() {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    add("HTTP", Effect.BREAKS_CONNECTION, raw(http));
    add("an alert of TLS", Effect.BREAKS_CONNECTION, raw(new byte[] {21, 3, 3, 0, 2, 2, 40}));
    add("zeroes", Effect.BREAKS_CONNECTION, raw(new byte[100]));
  }

  /** F2, F3, F10: counts and depths that are claimed in a few bytes. */
  private void bombs() {
    rows("2,147,483,647 columns", GLOBAL_TABLE, Integer.MAX_VALUE, out -> {});
    rows("-1 columns", GLOBAL_TABLE, -1, out -> {});
    rows("500,000,000 rows", NO_METADATA, 1, out -> out.writeInt(500_000_000));
    rows("-1 rows", NO_METADATA, 1, out -> out.writeInt(-1));
    rows("rows without columns", GLOBAL_TABLE, 0, out -> column(out, 0).writeInt(1 << 30));
    for (int type : new int[] {0x20, 0x22}) {
      rows("100,000 nested types", GLOBAL_TABLE, 1, out -> nest(column(out, 1), type, 100_000));
    }
    rows("33 nested tuples", GLOBAL_TABLE, 1, out -> tuples(column(out, 1), 33));
    rows(
        "100,000 nested class names",
        GLOBAL_TABLE,
        1,
        out -> column(out, 1).writeShort(0).writeString("ListType(".repeat(7000)));
    body("an unknown kind of result", out -> out.writeInt(99));
    body("a statement with 2,147,483,647 keys", out -> prepared(out, 1, Integer.MAX_VALUE));
    body("a statement with 2,147,483,647 variables", out -> prepared(out, Integer.MAX_VALUE, 0));
    body("a keyspace that is cut off", out -> out.writeInt(3).writeShort(60_000));
    body("no body at all", out -> {});
  }

  private static WireWriter column(WireWriter out, int columns) {
    out.writeString("ks").writeString("t");
    return columns == 0 ? out : out.writeString("v");
  }

  private static void nest(WireWriter out, int type, int depth) {
    for (int i = 0; i < depth; i++) {
      out.writeShort(type);
    }
  }

  private static void tuples(WireWriter out, int depth) {
    for (int i = 0; i < depth; i++) {
      out.writeShort(0x31).writeShort(1);
    }
    out.writeShort(0x09).writeInt(0);
  }

  private static void prepared(WireWriter out, int variables, int keys) {
    out.writeInt(PREPARED).writeShortBytes(new byte[4]).writeInt(GLOBAL_TABLE);
    out.writeInt(variables).writeInt(keys);
  }

  private void rows(String name, int flags, int columns, Consumer<WireWriter> rest) {
    body(
        name,
        out -> {
          out.writeInt(ROWS).writeInt(flags).writeInt(columns);
          rest.accept(out);
        });
  }

  private void body(String name, Consumer<WireWriter> writer) {
    WireWriter out = new WireWriter();
    writer.accept(out);
    add(name, Effect.FAILS_REQUEST, reply(Replies.raw(Opcode.RESULT, out.toBytes())));
  }

  /** F13: answers that belong to other requests. */
  private void wrongKinds() {
    add("READY", Effect.FAILS_REQUEST, reply(Replies.ready()));
    add("SUPPORTED", Effect.FAILS_REQUEST, reply(Replies.supported(Map.of())));
    add("AUTHENTICATE", Effect.FAILS_REQUEST, reply(Replies.authenticate("A")));
    add("AUTH_CHALLENGE", Effect.FAILS_REQUEST, reply(Replies.authChallenge(new byte[9])));
    add("AUTH_SUCCESS", Effect.FAILS_REQUEST, reply(Replies.authSuccess(null)));
    add("PREPARED", Effect.FAILS_REQUEST, reply(Replies.prepared()));
    add(
        "an event",
        Effect.FAILS_REQUEST,
        reply(Replies.event("STATUS_CHANGE", out -> out.writeString("UP"))));
  }

  /** F9, F10: errors with codes and texts of any kind. */
  private void errors() {
    for (int code : new int[] {-1, 0x7777, 0x1000, 0x1100, 0x1200, 0x1300, 0x1500, 0x2500}) {
      byte[] body = new WireWriter().writeInt(code).writeShort(4).toBytes();
      add(
          "error 0x%04x that is cut off".formatted(code),
          Effect.FAILS_REQUEST,
          reply(Replies.raw(Opcode.ERROR, body)));
    }
    byte[] text = new WireWriter().writeInt(0).writeShort(3).writeRaw(BAD_UTF8).toBytes();
    add("a text that is no UTF-8", Effect.FAILS_REQUEST, reply(Replies.raw(Opcode.ERROR, text)));
  }

  private static final byte[] BAD_UTF8 = {(byte) 0xC0, 0, (byte) 0xFF};

  /** F2, F17: every 4 bytes of a good answer set to extremes, and the answer cut everywhere. */
  private void everyField() {
    Reply good =
        Replies.rows()
            .column("a", WireType.TEXT)
            .column("b", WireType.list(WireType.INT))
            .row("x", List.of(1))
            .pagingState((byte) 1);
    for (int at = 0; at < 70; at++) {
      int offset = at;
      int value = new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 71 - at}[at % 4];
      add(
          "rows with %d at offset %d".formatted(value, at),
          Effect.MAY_PASS,
          forgeFrame(good, frame -> with(frame, patched(frame.body(), offset, value))));
      add(
          "rows cut at " + at,
          at < 40 ? Effect.FAILS_REQUEST : Effect.MAY_PASS,
          forgeFrame(
              good,
              frame ->
                  with(frame, Arrays.copyOf(frame.body(), Math.min(offset, frame.body().length)))));
    }
  }

  private static byte[] patched(byte[] body, int offset, int value) {
    byte[] bad = body.clone();
    if (offset + Integer.BYTES <= bad.length) {
      ByteBuffer.wrap(bad).putInt(offset, value);
    }
    return bad;
  }

  private static Frame with(Frame frame, byte[] body) {
    return new Frame(
        frame.versionByte(), frame.flags(), frame.streamId(), frame.opcodeByte(), body);
  }

  /** Writes a VOID whose bytes were changed. */
  private static Reaction header(boolean segments, Consumer<byte[]> change) {
    return exchange -> {
      byte[] bytes = exchange.frame(Replies.voidResult()).encode();
      change.accept(bytes);
      return exchange.connection().write(segments ? Segments.encode(bytes, true) : bytes);
    };
  }
}
