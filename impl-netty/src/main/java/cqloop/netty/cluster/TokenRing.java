package cqloop.netty.cluster;

import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Value. The tokens of a cluster in order, each with its owner. The owner of a token is that of the
 * first ring token that is not below it, after the last one that of the first.
 */
public final class TokenRing {

  private final Partitioner partitioner;
  private final Token[] tokens;
  private final long[] longs;
  private final Node[] owners;

  private TokenRing(Partitioner partitioner, List<Map.Entry<Token, Node>> entries) {
    int size = entries.size();
    this.partitioner = partitioner;
    this.tokens = new Token[size];
    this.owners = new Node[size];
    this.longs = new long[partitioner == Partitioner.MURMUR3 ? size : 0];
    for (int i = 0; i < size; i++) {
      tokens[i] = entries.get(i).getKey();
      owners[i] = entries.get(i).getValue();
      if (longs.length > 0) {
        longs[i] = ((Murmur3Token) tokens[i]).value();
      }
    }
  }

  /** Returns the ring of these owners; a token that two claim belongs to the first of them. */
  public static TokenRing of(Partitioner partitioner, Map<Node, List<Token>> byNode) {
    List<Map.Entry<Token, Node>> entries = new ArrayList<>();
    byNode.forEach((node, owned) -> owned.forEach(token -> entries.add(Map.entry(token, node))));
    entries.sort(Comparator.comparing(Map.Entry::getKey));
    List<Map.Entry<Token, Node>> distinct = new ArrayList<>(entries.size());
    for (Map.Entry<Token, Node> entry : entries) {
      if (distinct.isEmpty()
          || distinct.get(distinct.size() - 1).getKey().compareTo(entry.getKey()) != 0) {
        distinct.add(entry);
      }
    }
    return new TokenRing(partitioner, distinct);
  }

  public Partitioner partitioner() {
    return partitioner;
  }

  public int size() {
    return tokens.length;
  }

  public Token token(int position) {
    return tokens[position];
  }

  public Node owner(int position) {
    return owners[position];
  }

  /** Returns the position that owns a token of the Murmur3Partitioner. The ring is not empty. */
  public int positionOf(long token) {
    int low = 0;
    int high = longs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (longs[middle] < token) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == longs.length ? 0 : low;
  }

  /** Returns the position that owns a token. The ring is not empty. */
  public int positionOf(Token token) {
    if (token instanceof Murmur3Token murmur3 && longs.length > 0) {
      return positionOf(murmur3.value());
    }
    int low = 0;
    int high = tokens.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens[middle].compareTo(token) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == tokens.length ? 0 : low;
  }
}
