package shop;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** Connects to its argument, prints the server's version and the modules that took part. */
public final class Main {
  public static void main(String[] args) throws Exception {
    CqlOptions options = new CqlOptions().addContactPoint(args[0]);
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
