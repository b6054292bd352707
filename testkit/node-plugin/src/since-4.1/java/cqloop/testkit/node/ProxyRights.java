package cqloop.testkit.node;

import org.apache.cassandra.auth.AuthenticatedUser;
import org.apache.cassandra.auth.Permission;
import org.apache.cassandra.auth.RoleResource;
import org.apache.cassandra.exceptions.UnauthorizedException;

/**
 * Who may act as whom. {@code GRANT AUTHORIZE ON ROLE b TO a} stands in for PROXY.LOGIN and
 * PROXY.EXECUTE of DataStax Enterprise, which the grammar of Cassandra lacks.
 */
final class ProxyRights {
  private ProxyRights() {}

  /**
   * Returns the user to act as.
   *
   * @param actor who has logged in
   * @param role whom he wants to be; empty for himself
   * @param deed what he wants to do, for the refusal
   */
  static AuthenticatedUser actAs(AuthenticatedUser actor, String role, String deed) {
    if (role.isEmpty() || role.equals(actor.getName())) {
      return actor;
    }
    if (!actor.getPermissions(RoleResource.role(role)).contains(Permission.AUTHORIZE)) {
      throw new UnauthorizedException(
          String.format("User %s has no permission to %s '%s'", actor.getName(), deed, role));
    }
    return new AuthenticatedUser(role);
  }
}
