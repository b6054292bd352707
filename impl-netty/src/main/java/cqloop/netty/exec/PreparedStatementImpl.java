package cqloop.netty.exec;

import cqloop.Binder;
import cqloop.BoundStatement;
import cqloop.Columns;
import cqloop.PreparedStatement;
import cqloop.StatementSettings;
import cqloop.netty.codec.BindEncoder;
import cqloop.netty.codec.BinderImpl;
import cqloop.netty.codec.Codecs;
import cqloop.netty.message.Features;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.PreparedId;
import cqloop.netty.row.ColumnPlan;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Published. A prepared statement. Its variables never change; what decodes its rows is replaced
 * whole when the server announces other columns.
 */
final class PreparedStatementImpl implements PreparedStatement {

  private final Core core;
  private final StatementSettings settings;
  private final BinderImpl.Finish bound = this::bound;

  PreparedStatementImpl(
      String cql,
      @Nullable String keyspace,
      boolean keyspacePerRequest,
      Prepared prepared,
      Features features,
      Codecs codecs) {
    this(
        new Core(cql, keyspace, keyspacePerRequest, prepared, features, codecs),
        StatementSettings.NONE);
  }

  private PreparedStatementImpl(Core core, StatementSettings settings) {
    this.core = core;
    this.settings = settings;
  }

  /**
   * Returns the prepared statement of a bound one.
   *
   * @throws IllegalArgumentException when another driver prepared it
   */
  static PreparedStatementImpl of(BoundStatement bound) {
    if (bound.prepared() instanceof PreparedStatementImpl own) {
      return own;
    }
    throw new IllegalArgumentException(
        "The statement was prepared by %s, not by this driver"
            .formatted(bound.prepared().getClass().getName()));
  }

  /** Returns what an execution needs to know now. */
  ResultShape shape() {
    return core.shape;
  }

  /** Takes what a node said when the statement was prepared again. */
  void refresh(Prepared again) {
    ResultShape now = core.shape;
    // Many may have waited for one answer.
    if (now.columns().columns() != again.resultColumns()
        || now.prepared().resultMetadataId() != again.resultMetadataId()) {
      core.shape = core.shapeOf(again);
    }
  }

  /** Takes the columns that a node announced together with their new id. */
  void refreshColumns(byte[] metadataId, ColumnPlan columns) {
    PreparedId old = core.shape.prepared();
    PreparedId.Skip skip = SkipMetadata.when(core.cql, columns.columns());
    core.shape = new ResultShape(new PreparedId(old.id(), metadataId, skip), columns);
  }

  /** Returns the keyspace that PREPARE must carry, or null when it had none of its own. */
  @Nullable String requestKeyspace() {
    return core.keyspacePerRequest ? core.keyspace : null;
  }

  /** Tells whether the server marked it as a conditional write. */
  boolean isConditional() {
    return core.conditional;
  }

  /**
   * Returns the keyspace of its table, or else that of its preparation; null when neither is known.
   */
  @Nullable String routingKeyspace() {
    return core.routingKeyspace;
  }

  /** Returns its table, or null when that is not known: it has no variables. */
  @Nullable String routingTable() {
    return core.routingTable;
  }

  @Override
  public String cql() {
    return core.cql;
  }

  @Override
  public Buffer id() {
    return Buffer.buffer(core.shape.prepared().id());
  }

  @Override
  public @Nullable String keyspace() {
    return core.keyspace;
  }

  @Override
  public Columns variables() {
    return core.variables;
  }

  @Override
  public Columns resultColumns() {
    return core.shape.columns().columns();
  }

  @Override
  public int[] partitionKeyIndices() {
    return core.partitionKey.clone();
  }

  /** Returns the positions of the partition key without a copy; must not be changed. */
  int[] partitionKey() {
    return core.partitionKey;
  }

  @Override
  public StatementSettings settings() {
    return settings;
  }

  @Override
  public PreparedStatement withSettings(StatementSettings newSettings) {
    return new PreparedStatementImpl(core, newSettings);
  }

  @Override
  public BoundStatement bind(@Nullable Object... values) {
    return bound(core.encoder.encode(values), core.encoder.longTexts(values));
  }

  @Override
  public BoundStatement bind(List<?> values) {
    return bind(values.toArray());
  }

  @Override
  public BoundStatement bind(Map<String, ?> values) {
    return bind(core.encoder.inOrder(values));
  }

  private BoundStatement bound(byte[] encoded, @Nullable String @Nullable [] longTexts) {
    return BoundStatement.ofEncoded(this, encoded, longTexts, settings);
  }

  @Override
  public Binder binder() {
    return new BinderImpl(core.encoder, bound);
  }

  @Override
  public String toString() {
    return "PreparedStatement(" + core.cql + ")";
  }

  /** Published. What all copies of one prepared statement share. */
  private static final class Core {

    final String cql;
    final @Nullable String keyspace;
    final boolean keyspacePerRequest;
    final boolean conditional;
    final Columns variables;
    final @Nullable String routingKeyspace;
    final @Nullable String routingTable;
    final int[] partitionKey;
    final BindEncoder encoder;
    private final Codecs codecs;
    volatile ResultShape shape;

    Core(
        String cql,
        @Nullable String keyspace,
        boolean keyspacePerRequest,
        Prepared prepared,
        Features features,
        Codecs codecs) {
      this.cql = cql;
      this.codecs = codecs;
      this.keyspace = keyspace;
      this.keyspacePerRequest = keyspacePerRequest;
      this.conditional = prepared.conditional();
      this.variables = prepared.variables();
      boolean named = variables.size() > 0 && !variables.get(0).keyspace().isEmpty();
      this.routingKeyspace = named ? variables.get(0).keyspace() : keyspace;
      this.routingTable = named ? variables.get(0).table() : null;
      this.partitionKey = prepared.partitionKey();
      this.encoder = new BindEncoder(variables, codecs, features.unsetValues(), partitionKey);
      this.shape = shapeOf(prepared);
    }

    ResultShape shapeOf(Prepared prepared) {
      return new ResultShape(
          new PreparedId(
              prepared.id(),
              prepared.resultMetadataId(),
              SkipMetadata.when(cql, prepared.resultColumns())),
          new ColumnPlan(prepared.resultColumns(), codecs));
    }
  }
}
