package cqloop.netty.sim;

import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireValue;
import cqloop.testkit.fake.WireVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Value. A request as it reached a simulated server, decoded as far as the servers look at it. */
public final class SimRequest {

  // native_protocol_v5.spec, 4.1.4
  private static final int FLAG_VALUES = 0x01;
  private static final int FLAG_SKIP_METADATA = 0x02;
  private static final int FLAG_PAGE_SIZE = 0x04;
  private static final int FLAG_PAGING_STATE = 0x08;
  private static final int FLAG_NAMES = 0x40;

  private final Frame frame;
  private final WireVersion version;
  private final List<byte[]> ids = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private Map<String, String> options = Map.of();
  private byte[] token;
  private byte[] pagingState;
  private byte[] resultMetadataId;
  private boolean skipMetadata;

  SimRequest(Frame frame, WireVersion version) {
    this.frame = frame;
    this.version = version;
    decode(new WireReader(frame.body()));
  }

  private void decode(WireReader in) {
    switch (opcode()) {
      case STARTUP -> options = in.readStringMap();
      case AUTH_RESPONSE -> token = in.readBytes();
      case PREPARE -> texts.add(in.readLongString());
      case QUERY -> {
        texts.add(in.readLongString());
        parameters(in);
      }
      case EXECUTE -> {
        ids.add(in.readShortBytes());
        if (version.hasResultMetadataId()) {
          resultMetadataId = in.readShortBytes();
        }
        parameters(in);
      }
      case BATCH -> batch(in);
      default -> {
        // OPTIONS and REGISTER: their bodies do not matter here.
      }
    }
  }

  private void parameters(WireReader in) {
    in.readShort(); // consistency
    int flags = version.wideQueryFlags() ? in.readInt() : in.readByte();
    skipMetadata = (flags & FLAG_SKIP_METADATA) != 0;
    if ((flags & FLAG_VALUES) != 0) {
      int count = in.readShort();
      for (int i = 0; i < count; i++) {
        if ((flags & FLAG_NAMES) != 0) {
          in.readString();
        }
        value(in);
      }
    }
    if ((flags & FLAG_PAGE_SIZE) != 0) {
      in.readInt();
    }
    if ((flags & FLAG_PAGING_STATE) != 0) {
      pagingState = in.readBytes();
    }
  }

  private void batch(WireReader in) {
    in.readByte(); // type
    int count = in.readShort();
    for (int i = 0; i < count; i++) {
      if (in.readByte() == 0) {
        texts.add(in.readLongString());
      } else {
        ids.add(in.readShortBytes());
      }
      int childValues = in.readShort();
      for (int j = 0; j < childValues; j++) {
        value(in);
      }
    }
  }

  private void value(WireReader in) {
    WireValue value = in.readValue();
    if (value.bytes() != null) {
      values.add(value.bytes());
    }
  }

  public Opcode opcode() {
    return frame.opcode();
  }

  public int streamId() {
    return frame.streamId();
  }

  public WireVersion version() {
    return version;
  }

  /** The text of QUERY, PREPARE, or the first child of BATCH that has one; empty for others. */
  public String text() {
    return texts.isEmpty() ? "" : texts.get(0);
  }

  /** The ids of EXECUTE and BATCH. */
  public List<byte[]> ids() {
    return ids;
  }

  /** The values, without those that are null. */
  public List<byte[]> values() {
    return values;
  }

  /** The options of STARTUP. */
  public Map<String, String> options() {
    return options;
  }

  /** The token of AUTH_RESPONSE, or null. */
  public byte[] token() {
    return token;
  }

  /** The id of the columns that EXECUTE expects, since v5; null before. */
  public byte[] resultMetadataId() {
    return resultMetadataId;
  }

  /** Where the page begins that is asked for; null for the first one. */
  public byte[] pagingState() {
    return pagingState;
  }

  /** Whether the answer may leave the columns out. */
  public boolean skipMetadata() {
    return skipMetadata;
  }

  @Override
  public String toString() {
    return opcode() + " stream " + streamId() + (texts.isEmpty() ? "" : " \"" + text() + '"');
  }
}
