package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Value. PREPARE.
 *
 * @param cql the statement
 * @param keyspace the keyspace of unqualified names, null for that of the connection
 */
public record Prepare(String cql, @Nullable String keyspace, Envelope envelope) implements Request {

  // native_protocol_v5.spec, 4.1.5.
  private static final int WITH_KEYSPACE = 0x01;

  @Override
  public int opcode() {
    return Opcode.PREPARE;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    QueryParameters.requireKeyspace(keyspace, features);
    Primitives.writeLongString(out, cql);
    if (features.keyspacePerRequest()) {
      out.writeInt(keyspace == null ? 0 : WITH_KEYSPACE);
      if (keyspace != null) {
        Primitives.writeString(out, keyspace);
      }
    }
  }

  @Override
  public int sizeHint() {
    return cql.length();
  }
}
