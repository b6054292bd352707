package shop;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Connects to its argument, prints the server's version and the modules that took part. */
public final class Main {
  public static void main(String[] args) throws Exception {
    // A policy of a plug-in that nothing but this name leads to.
    JsonObject rackFirst =
        new JsonObject().put("name", "rack-first").put("config", new JsonObject().put("rack", "r1"));
    CqlOptions options =
        new CqlOptions(
                new JsonObject()
                    .put("defaultProfile", new JsonObject().put("loadBalancing", rackFirst)))
            .addContactPoint(args[0]);
    System.out.println("options " + options);
    Vertx vertx = Vertx.vertx();
    try {
      CqlSession session =
          CqlSession.connect(vertx, options)
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
      System.out.println(
          session
              .prepare("SELECT release_version FROM system.local WHERE key = ?")
              .compose(byKey -> session.execute(byKey.bind("local")))
              .map(rows -> "version " + rows.get(0).getString("release_version"))
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS));
      for (Module module : ModuleLayer.boot().modules()) {
        System.out.println("module " + module.getName());
      }
      System.out.println("session in " + session.getClass().getModule());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }
}
