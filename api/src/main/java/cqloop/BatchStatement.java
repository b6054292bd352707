package cqloop;

import java.util.ArrayList;
import java.util.List;

/**
 * Value. Several writes executed together. Children are simple or bound statements; their own
 * settings do not count, those of the batch do. Values of children are by position: the protocol
 * has no names in a batch.
 */
public final class BatchStatement extends Statement<BatchStatement> {

  /** The most children that a batch can carry: the protocol counts them in 16 bits. */
  public static final int MAX_STATEMENTS = 65_535;

  private final BatchType type;
  private final List<Statement<?>> statements;

  private BatchStatement(
      BatchType type, List<Statement<?>> statements, StatementSettings settings) {
    super(settings);
    this.type = type;
    this.statements = statements;
  }

  /**
   * Returns a batch of this type.
   *
   * @throws IllegalArgumentException when a child is a batch or has values by name, or when there
   *     are more than {@link #MAX_STATEMENTS}
   */
  public static BatchStatement of(BatchType type, List<? extends Statement<?>> statements) {
    return new BatchStatement(type, checked(statements), StatementSettings.NONE);
  }

  /** Returns a batch that is applied as a whole or not at all. */
  public static BatchStatement logged(Statement<?>... statements) {
    return of(BatchType.LOGGED, List.of(statements));
  }

  /** Returns a batch without the batch log: cheaper, but it may be applied in part. */
  public static BatchStatement unlogged(Statement<?>... statements) {
    return of(BatchType.UNLOGGED, List.of(statements));
  }

  /** Returns a batch of counter updates. */
  public static BatchStatement counter(Statement<?>... statements) {
    return of(BatchType.COUNTER, List.of(statements));
  }

  /** Returns a copy with this child added at the end; see {@link #of} for what is refused. */
  public BatchStatement add(Statement<?> statement) {
    List<Statement<?>> longer = new ArrayList<>(statements.size() + 1);
    longer.addAll(statements);
    longer.add(statement);
    return new BatchStatement(type, checked(longer), settings());
  }

  /** Returns the kind of batch. */
  public BatchType type() {
    return type;
  }

  /** Returns the children in order. */
  public List<Statement<?>> statements() {
    return statements;
  }

  @Override
  public BatchStatement withSettings(StatementSettings newSettings) {
    return new BatchStatement(type, statements, newSettings);
  }

  @Override
  public String toString() {
    return "BatchStatement(" + type + ", " + statements.size() + " statements)";
  }

  private static List<Statement<?>> checked(List<? extends Statement<?>> statements) {
    if (statements.size() > MAX_STATEMENTS) {
      throw new IllegalArgumentException(
          "A batch takes at most %s statements, not %s"
              .formatted(MAX_STATEMENTS, statements.size()));
    }
    for (Statement<?> statement : statements) {
      if (statement instanceof BatchStatement) {
        throw new IllegalArgumentException("A batch cannot hold another batch");
      }
      if (statement instanceof SimpleStatement simple && !simple.namedValues().isEmpty()) {
        throw new IllegalArgumentException(
            "Values of a statement in a batch must be by position, not by name: " + simple.cql());
      }
    }
    return List.copyOf(statements);
  }
}
