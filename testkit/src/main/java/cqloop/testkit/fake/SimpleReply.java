package cqloop.testkit.fake;

import java.util.function.BiConsumer;

/**
 * Value. A reply whose message is written by a function.
 *
 * @param opcode the message kind
 * @param body writes the message
 */
record SimpleReply(Opcode opcode, BiConsumer<WireWriter, Reply.Context> body) implements Reply {
  @Override
  public void writeBody(WireWriter out, Context context) {
    body.accept(out, context);
  }
}
