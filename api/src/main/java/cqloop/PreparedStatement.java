package cqloop;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. A statement that the cluster has parsed. Belongs to its session, which prepares it again
 * wherever a node has forgotten it. May be used on any thread.
 *
 * <p>A value may be null, {@link cqloop.type.Unset#UNSET} (leave the column as it is; from protocol
 * v4), or anything that a codec takes for the CQL type of its variable. What does not fit fails
 * when it is bound, with {@link cqloop.error.CodecFailed} naming the variable, its CQL type and the
 * Java type.
 */
public interface PreparedStatement {

  /** Returns the CQL text. */
  String cql();

  /** Returns the id that the server gave. */
  Buffer id();

  /** Returns the keyspace that was current or set when it was prepared, or null. */
  @Nullable String keyspace();

  /** Returns the variables in order. */
  Columns variables();

  /** Returns the columns of its rows as last announced; none for a write. */
  Columns resultColumns();

  /** Returns the positions of the variables that make up the partition key; may be empty. */
  int[] partitionKeyIndices();

  /** Returns what its bound statements set when they set nothing themselves. */
  StatementSettings settings();

  /** Returns a copy whose bound statements begin with these settings. */
  PreparedStatement withSettings(StatementSettings settings);

  /**
   * Binds one value to each variable, in order.
   *
   * @throws IllegalArgumentException when there are not as many values as variables
   */
  BoundStatement bind(@Nullable Object... values);

  /**
   * Binds one value to each variable, in order.
   *
   * @throws IllegalArgumentException when there are not as many values as variables
   */
  BoundStatement bind(List<?> values);

  /**
   * Binds values by name; each name sets every variable that has it. Variables that are not named
   * stay unset.
   *
   * @throws java.util.NoSuchElementException when no variable has the name
   */
  BoundStatement bind(Map<String, ?> values);

  /** Returns a binder that sets variable by variable, without boxing. */
  Binder binder();
}
