package cqloop.netty.session;

import cqloop.BoundStatement;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import cqloop.metadata.TokenMap;
import cqloop.metadata.TokenRange;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.ReplicaTable;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.exec.PartitionKeys;
import cqloop.netty.exec.Replicas;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Published. The ring of one state of the cluster. */
final class TokenMapImpl implements TokenMap {

  private final ClusterState state;
  private final TokenRing ring;

  private TokenMapImpl(ClusterState state, TokenRing ring) {
    this.state = state;
    this.ring = ring;
  }

  /** Returns the ring of a state, or null when there is none. */
  static @Nullable TokenMap of(ClusterState state) {
    TokenRing ring = state.ring();
    return ring == null || ring.size() == 0 ? null : new TokenMapImpl(state, ring);
  }

  @Override
  public List<TokenRange> ranges() {
    return ranges(position -> true);
  }

  @Override
  public List<TokenRange> ranges(Node node) {
    return ranges(position -> ring.owner(position).equals(node));
  }

  @Override
  public List<TokenRange> ranges(String keyspace, Node node) {
    ReplicaTable table = state.replicas(keyspace);
    return table == null ? List.of() : ranges(position -> table.replicas(position).contains(node));
  }

  private List<TokenRange> ranges(IntPredicate wanted) {
    List<TokenRange> ranges = new ArrayList<>();
    for (int i = 0; i < ring.size(); i++) {
      if (wanted.test(i)) {
        Token start = ring.token(i == 0 ? ring.size() - 1 : i - 1);
        ranges.add(new TokenRange(start, ring.token(i)));
      }
    }
    return ranges;
  }

  @Override
  public Token token(Buffer partitionKey) {
    byte[] bytes = partitionKey.getBytes();
    return ring.partitioner().tokenOf(bytes, 0, bytes.length);
  }

  @Override
  public @Nullable Token token(BoundStatement statement) {
    byte[] key = PartitionKeys.of(statement);
    return key == null ? null : ring.partitioner().tokenOf(key, 0, key.length);
  }

  @Override
  public @Nullable Integer shard(BoundStatement statement, Node node) {
    return Replicas.shard(statement, node, state);
  }

  @Override
  public List<Node> replicas(String keyspace, Token token) {
    return Replicas.of(keyspace, null, checked(token), state);
  }

  @Override
  public List<Node> replicas(String keyspace, String table, Token token) {
    return Replicas.of(keyspace, table, checked(token), state);
  }

  private Token checked(Token token) {
    if (token.getClass() != ring.token(0).getClass()) {
      throw new IllegalArgumentException(
          "The token is a %s, those of this cluster are %s"
              .formatted(
                  token.getClass().getSimpleName(), ring.token(0).getClass().getSimpleName()));
    }
    return token;
  }
}
