package cqloop.netty.conn;

import cqloop.ProtocolVersion;
import cqloop.error.CqlException;

/**
 * The server does not speak the version that was tried; a lower one may do. Never leaves the
 * driver.
 */
public final class VersionRefused extends CqlException {

  VersionRefused(String endpoint, ProtocolVersion version, String serverMessage) {
    super("%s refused protocol version %s: %s".formatted(endpoint, version, serverMessage));
  }
}
