package cqloop.auth;

import java.util.function.LongSupplier;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one worker at a time. Who is logged in. One login serves all connections until its
 * ticket is about to expire: a session that opens many connections must not run to the KDC for
 * each.
 */
final class KerberosLogin {

  /** A ticket that has less than this left is replaced, so that none expires during an exchange. */
  private static final long MARGIN_MILLIS = 60_000;

  private final Jaas jaas;
  private final LongSupplier currentTimeMillis;
  private @Nullable Subject subject;

  KerberosLogin(Jaas jaas, LongSupplier currentTimeMillis) {
    this.jaas = jaas;
    this.currentTimeMillis = currentTimeMillis;
  }

  /** Logs in; a seam for tests without a KDC. */
  @FunctionalInterface
  interface Jaas {
    Subject login() throws LoginException;
  }

  /** Returns who is logged in, after a new login where that is needed. Blocks. */
  Subject subject() throws LoginException {
    Subject known = subject;
    if (known == null || expires(known)) {
      known = jaas.login();
      subject = known;
    }
    return known;
  }

  /** Forgets the login, so that the next connection logs in again. */
  void forget(Subject failed) {
    if (subject == failed) {
      subject = null;
    }
  }

  /** A login without a ticket of its own, such as one by a module that is not Kerberos, stays. */
  private boolean expires(Subject known) {
    long soon = currentTimeMillis.getAsLong() + MARGIN_MILLIS;
    for (KerberosTicket ticket : known.getPrivateCredentials(KerberosTicket.class)) {
      if (ticket.isDestroyed()
          || (ticket.getEndTime() != null && ticket.getEndTime().getTime() < soon)) {
        return true;
      }
    }
    return false;
  }
}
