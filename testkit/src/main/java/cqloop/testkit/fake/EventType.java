package cqloop.testkit.fake;

/** Value. The type of an event, which decides who receives it. */
final class EventType {
  private EventType() {}

  /** The type that an EVENT message names. */
  static String of(Reply event) {
    if (event.opcode() != Opcode.EVENT) {
      throw new IllegalArgumentException("only an EVENT can be pushed, not " + event.opcode());
    }
    // The layout of events is the same in every version.
    Reply.Context context = new Reply.Context(Dialect.of(WireVersion.V4), null);
    WireWriter out = new WireWriter();
    event.writeBody(out, context);
    return new WireReader(out.toBytes()).readString();
  }
}
