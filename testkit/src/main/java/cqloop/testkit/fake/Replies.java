package cqloop.testkit.fake;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Value. The messages of a server other than errors; native_protocol_v5.spec §4.2. */
public final class Replies {
  private static final int KIND_VOID = 1;
  private static final int KIND_SET_KEYSPACE = 3;
  private static final int KIND_SCHEMA_CHANGE = 5;

  private Replies() {}

  /** READY. */
  public static Reply ready() {
    return empty(Opcode.READY);
  }

  /** AUTHENTICATE, naming the authenticator class of the server. */
  public static Reply authenticate(String className) {
    return new SimpleReply(Opcode.AUTHENTICATE, (out, context) -> out.writeString(className));
  }

  /** AUTH_CHALLENGE with a token, which may be null. */
  public static Reply authChallenge(byte @Nullable [] token) {
    return new SimpleReply(Opcode.AUTH_CHALLENGE, (out, context) -> out.writeBytes(token));
  }

  /** AUTH_SUCCESS with a token, which may be null. */
  public static Reply authSuccess(byte @Nullable [] token) {
    return new SimpleReply(Opcode.AUTH_SUCCESS, (out, context) -> out.writeBytes(token));
  }

  /** SUPPORTED with these options. */
  public static Reply supported(Map<String, List<String>> options) {
    return new SimpleReply(Opcode.SUPPORTED, (out, context) -> out.writeStringMultimap(options));
  }

  /** RESULT of kind Void. */
  public static Reply voidResult() {
    return result(KIND_VOID, (out, context) -> {});
  }

  /** RESULT of kind Rows: add columns, then rows. */
  public static RowsReply rows() {
    return new RowsReply();
  }

  /** RESULT of kind Rows for a conditional write: the column {@code [applied]}. */
  public static RowsReply applied(boolean applied) {
    return rows().column("[applied]", WireType.BOOLEAN).row(applied).alwaysMetadata();
  }

  /** RESULT of kind Set_keyspace. */
  public static Reply setKeyspace(String keyspace) {
    return result(KIND_SET_KEYSPACE, (out, context) -> out.writeString(keyspace));
  }

  /** RESULT of kind Prepared: add variables and result columns. */
  public static PreparedReply prepared() {
    return new PreparedReply();
  }

  /**
   * RESULT of kind Schema_change.
   *
   * @param change CREATED, UPDATED or DROPPED
   * @param target KEYSPACE, TABLE, TYPE, FUNCTION or AGGREGATE
   * @param names the keyspace; then the object unless the target is KEYSPACE; then the argument
   *     types of a function or aggregate
   */
  public static Reply schemaChange(String change, String target, String... names) {
    return result(
        KIND_SCHEMA_CHANGE, (out, context) -> writeChange(out, change, target, List.of(names)));
  }

  /** EVENT of type SCHEMA_CHANGE; see {@link #schemaChange}. */
  public static Reply schemaEvent(String change, String target, String... names) {
    return event("SCHEMA_CHANGE", out -> writeChange(out, change, target, List.of(names)));
  }

  /** EVENT of type STATUS_CHANGE: {@code UP} or {@code DOWN}. */
  public static Reply statusEvent(String change, InetSocketAddress node) {
    return event("STATUS_CHANGE", out -> out.writeString(change).writeInet(node));
  }

  /** EVENT of type TOPOLOGY_CHANGE: {@code NEW_NODE}, {@code REMOVED_NODE} or MOVED_NODE. */
  public static Reply topologyEvent(String change, InetSocketAddress node) {
    return event("TOPOLOGY_CHANGE", out -> out.writeString(change).writeInet(node));
  }

  /** EVENT of any type; the function writes what follows the type. */
  public static Reply event(String type, Consumer<WireWriter> rest) {
    return new SimpleReply(
        Opcode.EVENT,
        (out, context) -> {
          out.writeString(type);
          rest.accept(out);
        });
  }

  /** A message of any kind with this body. */
  public static Reply raw(Opcode opcode, byte... body) {
    byte[] copy = body.clone();
    return new SimpleReply(opcode, (out, context) -> out.writeRaw(copy));
  }

  private static Reply empty(Opcode opcode) {
    return new SimpleReply(opcode, (out, context) -> {});
  }

  private static Reply result(int kind, BiConsumer<WireWriter, Reply.Context> rest) {
    return new SimpleReply(
        Opcode.RESULT,
        (out, context) -> {
          out.writeInt(kind);
          rest.accept(out, context);
        });
  }

  private static void writeChange(
      WireWriter out, String change, String target, List<String> names) {
    out.writeString(change).writeString(target).writeString(names.get(0));
    if (names.size() > 1) {
      out.writeString(names.get(1));
    }
    if (target.equals("FUNCTION") || target.equals("AGGREGATE")) {
      out.writeStringList(new ArrayList<>(names.subList(2, names.size())));
    }
  }
}
