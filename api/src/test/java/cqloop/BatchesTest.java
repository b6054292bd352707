package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.metadata.Node;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final Node A = node(0);
  private static final Node B = node(1);
  private static final Node C = node(2);

  @Test
  void groupsByTheSetOfReplicasWhateverItsOrder() {
    BoundStatement one = bound(10);
    BoundStatement two = bound(10);
    BoundStatement three = bound(10);
    BoundStatement unknown = bound(10);
    List<BatchStatement> batches =
        Batches.split(
            List.of(one, two, three, unknown),
            statement ->
                statement == one
                    ? List.of(A, B)
                    : statement == two
                        ? List.of(B, C)
                        : statement == three ? List.of(B, A) : List.of(),
            100,
            1000);
    assertThat(batches).extracting(BatchStatement::type).containsOnly(BatchType.UNLOGGED);
    assertThat(batches)
        .extracting(BatchStatement::statements)
        .containsExactly(List.of(one, three), List.of(two), List.of(unknown));
  }

  @Test
  void keepsBatchesWithinTheirBounds() {
    List<BoundStatement> statements = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      statements.add(bound(1 + random.nextInt(200)));
    }
    List<BatchStatement> batches =
        Batches.split(
            statements, s -> s.encodedValues().length % 2 == 0 ? List.of(A) : List.of(B), 20, 1500);
    List<Statement<?>> all = new ArrayList<>();
    for (BatchStatement batch : batches) {
      assertThat(batch.statements()).hasSizeBetween(1, 20);
      int bytes = 0;
      for (Statement<?> child : batch.statements()) {
        int length = ((BoundStatement) child).encodedValues().length;
        bytes += length;
        assertThat(length % 2)
            .isEqualTo(((BoundStatement) batch.statements().get(0)).encodedValues().length % 2);
      }
      assertThat(bytes).isLessThanOrEqualTo(1500);
      all.addAll(batch.statements());
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(statements);
    assertThat(batches).hasSizeLessThan(100);
  }

  @Test
  void aStatementThatIsTooLongGoesAlone() {
    BoundStatement huge = bound(5000);
    List<BatchStatement> batches =
        Batches.split(List.of(bound(1), huge, bound(1)), s -> List.of(A), 10, 100);
    assertThat(batches).hasSize(3);
    assertThat(batches.get(1).statements()).isEqualTo(List.of(huge));
  }

  @Test
  void aBatchIsIdempotentWhenAllOfItIs() {
    BoundStatement idempotent = bound(1).withIdempotent(true);
    assertThat(split(idempotent, idempotent).settings().idempotent()).isTrue();
    assertThat(split(idempotent, bound(1)).settings().idempotent()).isNull();
  }

  @Test
  void refusesWhatABatchCannotKeepAndBoundsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split(bound(1).withTimestamp(5)))
        .withMessageContaining("timestamp");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.split(List.of(), s -> List.of(), 0, 1))
        .withMessageContaining("maxStatements");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.split(List.of(), s -> List.of(), 1, 0))
        .withMessageContaining("maxBytes");
    assertThat(Batches.split(List.of(), s -> List.of(), 1, 1)).isEmpty();
  }

  private static BatchStatement split(BoundStatement... statements) {
    List<BatchStatement> batches = Batches.split(List.of(statements), s -> List.of(A), 100, 1000);
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }

  private static BoundStatement bound(int bytes) {
    PreparedStatement prepared =
        (PreparedStatement)
            Proxy.newProxyInstance(
                BatchesTest.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> "INSERT");
    return BoundStatement.ofEncoded(prepared, new byte[bytes], StatementSettings.NONE);
  }

  private static Node node(int index) {
    return Node.at(index, SocketAddress.inetSocketAddress(9042, "10.0.0." + (index + 1)));
  }
}
