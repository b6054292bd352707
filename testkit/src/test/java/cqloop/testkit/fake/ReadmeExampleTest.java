package cqloop.testkit.fake;

import static cqloop.testkit.fake.Conditions.batch;
import static cqloop.testkit.fake.Conditions.cqlPrefix;
import static cqloop.testkit.fake.Conditions.execute;
import static cqloop.testkit.fake.Conditions.opcode;
import static cqloop.testkit.fake.Opcode.REGISTER;
import static cqloop.testkit.fake.Reactions.delay;
import static cqloop.testkit.fake.Reactions.reset;
import static cqloop.testkit.fake.Replies.prepared;
import static cqloop.testkit.fake.Replies.rows;
import static cqloop.testkit.fake.WireType.INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/** The example of the README, run. */
class ReadmeExampleTest {
  @Test
  void works() throws Exception {
    Vertx vertx = Vertx.vertx();
    FakeNode node = FakeNode.start(vertx, new FakeNodeOptions()).await();
    node.declare(
        "SELECT v FROM t WHERE k = ?",
        prepared().variable("k", INT).partitionKey(0).result("v", INT));
    node.when(execute("SELECT v FROM t WHERE k = ?"))
        .once()
        .reply(Errors.error(Errors.OVERLOADED, "busy"));
    node.when(execute("SELECT v FROM t WHERE k = ?")).reply(rows().column("v", INT).row(42));
    node.when(cqlPrefix("INSERT")).after(3).react(delay(50).then(reset()));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      String cql = "SELECT v FROM t WHERE k = ?";
      client.send(Opcode.PREPARE, 1, new WireWriter().writeLongString(cql).toBytes());
      WireReader prepared = new WireReader(client.receive().body());
      prepared.readInt();
      byte[] execute =
          new WireWriter()
              .writeShortBytes(prepared.readShortBytes())
              .writeShort(1)
              .writeByte(0)
              .toBytes();
      client.send(Opcode.EXECUTE, 1, execute);
      assertThat(client.receive().opcode()).isEqualTo(Opcode.ERROR);
      client.send(Opcode.EXECUTE, 1, execute);
      assertThat(client.receive().opcode()).isEqualTo(Opcode.RESULT);
    }
    assertThat(node.requests(batch())).isEmpty();
    Future<Request> later = node.awaitRequest(opcode(REGISTER));
    assertThat(later.isComplete()).isFalse();
    node.close().await();
    vertx.close().await();
  }
}
