package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.opcode;
import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.SimpleStatement;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/**
 * Fault scenarios B11 and B12: a server that offers shards, a port for them, and tablets. Nothing
 * of it is taken up, so that nothing of it can go wrong.
 */
class ShardsOfferedTest {

  @Test
  void neitherThePortOfShardsNorTabletsAreTaken() {
    try (Fakes fakes = new Fakes()) {
      FakeNode node = fakes.start(new FakeNodeOptions().setShards(4));
      node.when(query("read")).reply(rows().column("v", WireType.INT).row(1));
      Vertx vertx = Vertx.vertx();
      CqlSession session = Awaits.get(CqlSession.connect(vertx, Fakes.options(node)));
      for (int i = 0; i < 20; i++) {
        Awaits.get(session.execute(SimpleStatement.of("read")));
      }

      assertThat(node.shardAwarePort()).isNotZero().isNotEqualTo(node.port());
      assertThat(session.topology().nodes())
          .singleElement()
          .matches(known -> known.endpoint().equals(Fakes.endpoint(node)));
      assertThat(node.requests(opcode(Opcode.STARTUP)))
          .isNotEmpty()
          .extracting(Request::startupOptions)
          .noneMatch(options -> options.containsKey("TABLETS_ROUTING_V1"));
      Awaits.get(session.close());
      Fakes.awaitNoConnections(node);
      Awaits.get(vertx.close());
    }
  }
}
