package cqloop;

import cqloop.metadata.Node;
import cqloop.metadata.TokenMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Value. Makes batches out of many statements, each for the nodes that store what it writes. A
 * batch whose statements belong to many partitions makes its coordinator send them on, and wait for
 * all; split by replicas, each batch goes straight to where it belongs.
 */
public final class Batches {

  /** A round trip is well paid for by so many statements, and a node not held up by them. */
  public static final int DEFAULT_MAX_STATEMENTS = 100;

  /** Servers warn of batches above 5 KiB and refuse those above 50 KiB, as they come. */
  public static final int DEFAULT_MAX_BYTES = 5 * 1024;

  private static final int NO_SHARD = -1;

  private Batches() {}

  /**
   * Splits statements into unlogged batches for the replicas as the session knows them now, and
   * where those have shards, for one shard of each; with the default bounds.
   *
   * @throws IllegalArgumentException when a statement sets a timestamp of its own, which a batch
   *     cannot keep
   */
  public static List<BatchStatement> split(CqlSession session, List<BoundStatement> statements) {
    TokenMap tokens = session.tokenMap();
    return splitBy(
        statement -> places(statement, session.replicas(statement), tokens),
        statements,
        DEFAULT_MAX_STATEMENTS,
        DEFAULT_MAX_BYTES);
  }

  /**
   * Splits statements into unlogged batches. Those of one set of replicas keep their order; a batch
   * is idempotent when each of its statements says that it is.
   *
   * @param replicas the nodes that store what a statement writes; empty when that is not known
   * @param maxStatements statements of a batch at most, 1 to 65535
   * @param maxBytes bytes of the values of a batch at most; one statement alone may have more
   * @throws IllegalArgumentException when a bound is out of range, or a statement sets a timestamp
   *     of its own, which a batch cannot keep
   */
  public static List<BatchStatement> split(
      List<BoundStatement> statements,
      Function<BoundStatement, List<Node>> replicas,
      int maxStatements,
      int maxBytes) {
    return splitBy(
        statement -> places(statement, replicas.apply(statement), null),
        statements,
        maxStatements,
        maxBytes);
  }

  private static List<BatchStatement> splitBy(
      Function<BoundStatement, Map<Integer, Integer>> places,
      List<BoundStatement> statements,
      int maxStatements,
      int maxBytes) {
    OptionRange.within("maxStatements", maxStatements, 1, BatchStatement.MAX_STATEMENTS);
    OptionRange.within("maxBytes", maxBytes, 1, Integer.MAX_VALUE);
    Map<Map<Integer, Integer>, Group> open = new LinkedHashMap<>();
    List<Group> all = new ArrayList<>();
    for (BoundStatement statement : statements) {
      if (statement.settings().timestamp() != null) {
        throw new IllegalArgumentException(
            "A batch has one timestamp for all; set it on the batches, not on: " + statement);
      }
      int bytes = statement.encodedValues().length;
      Map<Integer, Integer> place = places.apply(statement);
      Group group = open.get(place);
      if (group == null || !group.hasRoom(bytes, maxStatements, maxBytes)) {
        group = new Group();
        open.put(place, group);
        all.add(group);
      }
      group.add(statement, bytes);
    }
    return all.stream().map(Group::batch).toList();
  }

  /** Returns the shard on each node; the same nodes in another order are the same. */
  private static Map<Integer, Integer> places(
      BoundStatement statement, List<Node> nodes, @Nullable TokenMap tokens) {
    Map<Integer, Integer> places = new HashMap<>();
    for (Node node : nodes) {
      Integer shard = tokens == null ? null : tokens.shard(statement, node);
      places.put(node.index(), shard == null ? NO_SHARD : shard);
    }
    return places;
  }

  /** Owned by one call. A batch that grows. */
  private static final class Group {

    private final List<BoundStatement> statements = new ArrayList<>();
    private long bytes;
    private boolean idempotent = true;

    boolean hasRoom(int more, int maxStatements, int maxBytes) {
      return statements.size() < maxStatements && bytes + more <= maxBytes;
    }

    void add(BoundStatement statement, int more) {
      statements.add(statement);
      bytes += more;
      idempotent &= Boolean.TRUE.equals(statement.settings().idempotent());
    }

    BatchStatement batch() {
      BatchStatement batch = BatchStatement.of(BatchType.UNLOGGED, statements);
      return idempotent ? batch.withIdempotent(true) : batch;
    }
  }
}
