package com.datastax.bdp.cassandra.auth;

import cqloop.testkit.node.DseNegotiator;
import java.net.InetAddress;
import org.apache.cassandra.auth.PasswordAuthenticator;

/**
 * Log-in as DataStax Enterprise negotiates it, for tests. Clients know the dialect by the name of
 * this class. It extends the server's own authenticator, because only then roles have passwords.
 */
public final class DseAuthenticator extends PasswordAuthenticator {

  /** Called by the server, by reflection. */
  public DseAuthenticator() {}

  @Override
  public SaslNegotiator newSaslNegotiator(InetAddress clientAddress) {
    return new DseNegotiator(super.newSaslNegotiator(clientAddress));
  }
}
