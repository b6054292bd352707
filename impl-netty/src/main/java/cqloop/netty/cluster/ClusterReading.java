package cqloop.netty.cluster;

import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.loop.Slices;
import cqloop.spi.AddressTranslator;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Reads the cluster over one connection: the tables of a node, where its peers can
 * be reached, and the ring, which is put into order in slices.
 */
final class ClusterReading {

  /**
   * A ring of more tokens than these takes so long that its nodes are told before: about a second
   * for a thousand nodes with 256 each, on a cold JVM.
   */
  private static final int LARGE_RING = 32_768;

  private final EventLoop loop;
  private final TopologyReader reader;
  private final AddressTranslator translator;
  private final ContactPoints contactPoints;

  ClusterReading(
      EventLoop loop,
      Connection connection,
      Deadlines deadlines,
      ControlConfig config,
      ContactPoints contactPoints) {
    this.loop = loop;
    this.reader = new TopologyReader(loop, connection, deadlines, config.defaultPort());
    this.translator = config.translator();
    this.contactPoints = contactPoints;
  }

  /**
   * Reads it once.
   *
   * @param nodes told, for a large cluster, the answer without its ring, which is still worked on
   * @param done completed on the loop, once, with the whole answer or with what failed
   */
  void read(Consumer<ClusterAnswer> nodes, Completable<ClusterAnswer> done) {
    reader
        .read()
        .compose(answer -> ClusterAnswer.of(answer, translator, contactPoints, loop))
        .onComplete((answer, failure) -> loop.execute(() -> sort(answer, failure, nodes, done)));
  }

  private void sort(
      @Nullable ClusterAnswer answer,
      @Nullable Throwable failure,
      Consumer<ClusterAnswer> nodes,
      Completable<ClusterAnswer> done) {
    if (answer == null) {
      done.complete(null, failure);
      return;
    }
    if (answer.tokens() > LARGE_RING) {
      nodes.accept(answer.withoutRing());
    }
    Slices.run(
        loop, answer::step, (sorted, bug) -> done.complete(bug == null ? answer : null, bug));
  }
}
