package cqloop.netty.conn;

import cqloop.ProtocolVersion;
import cqloop.error.UnsupportedProtocolVersion;
import io.vertx.core.Completable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Finds the highest protocol version that a node speaks, by trying one after the other
 * on new connections. Rules: native_protocol_v5.spec, 4.1.1, and the texts that servers refuse
 * with.
 */
public final class Negotiator {

  private final Connector connector;
  private final Connector.Target target;
  private final Completable<Connection> done;
  private final List<ProtocolVersion> tried = new ArrayList<>();
  private final List<ProtocolVersion> wanted;
  private final OpeningSteps steps = new OpeningSteps();
  private String lastRefusal = "";
  private boolean triedDse;

  /**
   * @param done completed with a connection that takes requests, or with the reason why there is
   *     none; {@link UnsupportedProtocolVersion} when the node refuses every version
   */
  public Negotiator(Connector connector, Connector.Target target, Completable<Connection> done) {
    this.connector = connector;
    this.target = target;
    this.done = done;
    this.wanted = new ArrayList<>(candidates(target.config()));
  }

  /** Begins with the highest version. */
  public Opening start() {
    tryNext();
    return steps;
  }

  private void tryNext() {
    if (wanted.isEmpty()) {
      done.fail(new UnsupportedProtocolVersion(target.label(), tried, lastRefusal));
      return;
    }
    ProtocolVersion version = wanted.remove(0);
    tried.add(version);
    steps.next(
        () ->
            connector.connect(
                target,
                version,
                (connection, failure) -> {
                  if (failure instanceof VersionRefused) {
                    lastRefusal = String.valueOf(failure.getMessage());
                    tryNext();
                  } else if (failure != null) {
                    done.fail(failure);
                  } else {
                    onConnected(connection);
                  }
                }));
  }

  /** A DSE server speaks a version of its own above v4, which only it offers. */
  private void onConnected(Connection connection) {
    ProtocolVersion better = betterDseVersion(connection);
    if (better == null) {
      done.succeed(connection);
      return;
    }
    triedDse = true;
    steps.next(
        () ->
            connector.connect(
                target,
                better,
                (dse, failure) -> {
                  if (failure == null) {
                    connection.close(
                        "a connection with protocol version " + better + " replaces it");
                    done.succeed(dse);
                  } else {
                    done.succeed(connection);
                  }
                }));
  }

  private @Nullable ProtocolVersion betterDseVersion(Connection connection) {
    if (triedDse
        || target.config().forcedVersion() != null
        || connection.features().version() != ProtocolVersion.V4) {
      return null;
    }
    List<String> offered = connection.supported("PROTOCOL_VERSIONS");
    if (offered.stream().anyMatch(text -> text.startsWith("66/"))) {
      return ProtocolVersion.DSE_V2;
    }
    return offered.stream().anyMatch(text -> text.startsWith("65/"))
        ? ProtocolVersion.DSE_V1
        : null;
  }

  private static List<ProtocolVersion> candidates(ConnectionConfig config) {
    if (config.forcedVersion() != null) {
      return List.of(config.forcedVersion());
    }
    List<ProtocolVersion> versions = new ArrayList<>();
    boolean segments = !"snappy".equals(config.compression());
    if (config.beta() && segments) {
      versions.add(ProtocolVersion.V6);
    }
    if (segments) {
      versions.add(ProtocolVersion.V5);
    }
    versions.add(ProtocolVersion.V4);
    versions.add(ProtocolVersion.V3);
    return versions;
  }
}
