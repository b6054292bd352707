package cqloop.testkit.fake;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Value. Accepts or refuses the version of a frame, as servers of several ages do. */
final class VersionGate {
  private final FakeNodeOptions options;

  VersionGate(FakeNodeOptions options) {
    this.options = options;
  }

  /** The text of the refusal, or null when the frame is welcome. */
  @Nullable String refusal(Frame frame) {
    WireVersion version = WireVersion.of(frame.versionByte());
    boolean request = (frame.versionByte() & Frame.RESPONSE_BIT) == 0;
    if (!request || version == null || !options.versions().contains(version)) {
      return "Invalid or unsupported protocol version ("
          + (frame.versionByte() & 0x7F)
          + "); supported versions are ("
          + labels()
          + ")";
    }
    if (options.betaVersions().contains(version) && !frame.hasFlag(Frame.FLAG_BETA)) {
      return "Beta version of the protocol used ("
          + version.label()
          + "-beta), but USE_BETA flag is unset";
    }
    return null;
  }

  /** The bytes of the refusal, or null when the server says nothing. */
  byte @Nullable [] answer(Frame frame, String text) {
    int code =
        options.refusal() == VersionRefusal.SERVER_ERROR
            ? Errors.SERVER_ERROR
            : Errors.PROTOCOL_ERROR;
    byte[] body = new WireWriter().writeInt(code).writeString(text).toBytes();
    if (options.refusal() == VersionRefusal.CLOSE) {
      return null;
    }
    int version = options.refusal() == VersionRefusal.OLD_HEADER ? 2 : highest();
    // A server of v2 reads the stream id from the byte where v3 keeps its upper half.
    int streamId = version == 2 ? frame.streamId() >> 8 : frame.streamId();
    if (options.refusal() == VersionRefusal.STREAM_ZERO) {
      streamId = 0;
    }
    return new Frame(version | Frame.RESPONSE_BIT, 0, streamId, Opcode.ERROR.code(), body).encode();
  }

  private int highest() {
    int highest = WireVersion.V3.code();
    for (WireVersion version : options.versions()) {
      highest = Math.max(highest, version.code());
    }
    return highest;
  }

  private String labels() {
    StringJoiner labels = new StringJoiner(", ");
    for (WireVersion version : options.versions()) {
      boolean beta = options.betaVersions().contains(version);
      labels.add(version.label() + (beta ? "-beta" : ""));
    }
    return labels.toString();
  }
}
