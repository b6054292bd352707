package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. An answer cut in three: tracing id and warnings, custom payload, message;
 * native_protocol_v4.spec §2.2.
 *
 * @param head the blocks before the payload, as they travelled
 * @param payload the custom payload, empty when there is none
 * @param message the rest
 */
@SuppressWarnings("ArrayRecordComponent")
record AnswerBlocks(byte[] head, Map<String, byte @Nullable []> payload, byte[] message) {

  static AnswerBlocks of(Frame answer) {
    WireReader in = new WireReader(answer.body());
    WireWriter head = new WireWriter();
    if (answer.hasFlag(Frame.FLAG_TRACING)) {
      head.writeUuid(in.readUuid());
    }
    if (answer.hasFlag(Frame.FLAG_WARNINGS)) {
      head.writeStringList(in.readStringList());
    }
    Map<String, byte @Nullable []> payload =
        answer.hasFlag(Frame.FLAG_PAYLOAD) ? in.readBytesMap() : Map.of();
    return new AnswerBlocks(head.toBytes(), payload, in.readRaw(in.remaining()));
  }

  AnswerBlocks with(String key, byte[] value) {
    Map<String, byte @Nullable []> more = new LinkedHashMap<>(payload);
    more.put(key, value);
    return new AnswerBlocks(head, more, message);
  }

  /** The answer with these blocks. */
  Frame toFrame(Frame answer) {
    WireWriter out = new WireWriter().writeRaw(head);
    int flags = answer.flags();
    if (!payload.isEmpty()) {
      flags |= Frame.FLAG_PAYLOAD;
      out.writeBytesMap(payload);
    }
    byte[] body = out.writeRaw(message).toBytes();
    return new Frame(answer.versionByte(), flags, answer.streamId(), answer.opcodeByte(), body);
  }
}
