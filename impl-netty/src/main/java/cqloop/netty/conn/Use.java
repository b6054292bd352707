package cqloop.netty.conn;

import cqloop.Consistency;
import cqloop.netty.message.Query;
import cqloop.netty.message.QueryParameters;
import cqloop.type.CqlIdentifier;

/** Value. The statement that sets the keyspace of a connection. */
public final class Use {

  private static final QueryParameters PARAMETERS = QueryParameters.of(Consistency.ONE, 0);

  private Use() {}

  /** Returns USE for this keyspace, named as the server stores it. */
  public static Query request(String keyspace) {
    return Query.of("USE " + CqlIdentifier.quote(keyspace), PARAMETERS);
  }
}
