package cqloop.netty.message;

import cqloop.netty.wire.BodyReader;
import java.util.List;

/**
 * Value. RESULT of a statement that changed the schema, or what an event says of such a change.
 * Words that this driver does not know are passed on as they are.
 *
 * @param change {@code CREATED}, {@code UPDATED} or {@code DROPPED}
 * @param target {@code KEYSPACE}, {@code TABLE}, {@code TYPE}, {@code FUNCTION} or {@code
 *     AGGREGATE}
 * @param name of the target; empty for a keyspace
 * @param argumentTypes of a function or aggregate
 */
public record SchemaChange(
    ResponsePrefix prefix,
    String change,
    String target,
    String keyspace,
    String name,
    List<String> argumentTypes)
    implements Result {

  static SchemaChange read(BodyReader in, ResponsePrefix prefix) {
    String change = in.readString("schema change");
    String target = in.readString("target of the schema change");
    String keyspace = in.readString("keyspace of the schema change");
    return switch (target) {
      case "KEYSPACE" -> new SchemaChange(prefix, change, target, keyspace, "", List.of());
      case "FUNCTION", "AGGREGATE" ->
          new SchemaChange(
              prefix,
              change,
              target,
              keyspace,
              in.readString("name of the changed function"),
              in.readStringList("arguments of the changed function"));
      default ->
          new SchemaChange(
              prefix,
              change,
              target,
              keyspace,
              in.readString("name of the changed object"),
              List.of());
    };
  }
}
