package cqloop.netty.perf;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A session lives on the threads of its application alone. */
class ThreadsTest {

  @Test
  void aSessionStartsNoThreadWhileItOpensWorksAndCloses() {
    HotSession.loadNetty();
    // One of each kind of thread that Vert.x starts when it is first needed, so all are there.
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1);
    Vertx vertx = Vertx.vertx(options);
    try {
      FakeNode node = HotSession.get(FakeNode.start(vertx));
      Context context = vertx.getOrCreateContext();
      HotSession.on(context, () -> vertx.executeBlocking(() -> 1));
      HotSession.get(vertx.fileSystem().exists("."));
      Set<Thread> before = threads();

      CqlSession session =
          HotSession.get(
              CqlSession.connect(
                  vertx, new CqlOptions().addContactPoint("127.0.0.1:" + node.port())));
      for (int i = 0; i < 100; i++) {
        HotSession.on(
            context,
            () ->
                session
                    .prepare("SELECT release_version FROM system.local")
                    .compose(prepared -> session.execute(prepared.bind())));
        HotSession.on(context, () -> session.execute("SELECT release_version FROM system.local"));
      }
      assertThat(threads()).as("while it works").isSubsetOf(before);
      HotSession.on(context, session::close);

      assertThat(threads()).as("when it is closed").isSubsetOf(before);
    } finally {
      HotSession.get(vertx.close());
    }
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }
}
