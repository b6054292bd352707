package cqloop.netty.exec;

import cqloop.BoundStatement;
import cqloop.netty.codec.RoutingKeys;
import org.jspecify.annotations.Nullable;

/** Value. The partition keys of bound statements. */
public final class PartitionKeys {

  private PartitionKeys() {}

  /** Returns the key as the server serializes it, or null when not all of it is bound. */
  public static byte @Nullable [] of(BoundStatement bound) {
    return RoutingKeys.serialized(
        bound.encodedValues(), PreparedStatementImpl.of(bound).partitionKey());
  }
}
