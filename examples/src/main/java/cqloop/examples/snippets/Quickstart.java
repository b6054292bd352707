package cqloop.examples.snippets;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Value. The example of the README. */
public final class Quickstart {
  private Quickstart() {}

  /** Returns the version of the server, for example {@code 5.0.9}. */
  public static Future<String> version(Vertx vertx, String contactPoint) {
    var options = new CqlOptions().addContactPoint(contactPoint).setLocalDatacenter("dc1");
    return CqlSession.connect(vertx, options)
        .compose(
            session ->
                session
                    .prepare("SELECT release_version FROM system.local WHERE key = ?")
                    .compose(byKey -> session.execute(byKey.bind("local")))
                    .map(rows -> rows.get(0).getString("release_version"))
                    .eventually(session::close));
  }
}
