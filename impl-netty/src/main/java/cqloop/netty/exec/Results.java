package cqloop.netty.exec;

import cqloop.Columns;
import cqloop.error.ProtocolViolation;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.message.Opcode;
import cqloop.netty.message.Request;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponsePrefix;
import cqloop.netty.message.Result;
import cqloop.netty.message.RowsResult;
import cqloop.netty.message.SchemaChange;
import cqloop.netty.message.SetKeyspace;
import cqloop.netty.message.VoidResult;
import cqloop.netty.row.ColumnPlan;
import cqloop.netty.row.RowSetImpl;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Makes pages of RESULT messages. */
final class Results {

  private Results() {}

  /**
   * Returns the response as the result that it must be.
   *
   * @throws UnexpectedResponse when it is something else
   */
  static Result require(Response response, Connection from, Request request) {
    if (response instanceof Result result) {
      return result;
    }
    throw new UnexpectedResponse(
        from.endpoint(), Opcode.nameOf(request.opcode()), response.getClass().getSimpleName());
  }

  /**
   * Returns the page of a result.
   *
   * @param shape what the statement was executed with, null unless it is prepared
   * @throws cqloop.error.CqlException when the result is damaged or of the wrong kind
   */
  static RowSetImpl read(
      Execution execution,
      Attempt attempt,
      Connection from,
      Result result,
      int wireBytes,
      @Nullable ResultShape shape) {
    if (result instanceof RowsResult rows) {
      ColumnPlan plan = plan(execution, rows, shape);
      ResultInfo info = new ResultInfo(attempt, rows.prefix(), rows.pagingState(), null, wireBytes);
      return RowSetImpl.of(plan, rows.body(), rows.firstCell(), rows.end(), rows.rowCount(), info);
    }
    if (result instanceof VoidResult || result instanceof SchemaChange) {
      return withoutRows(execution, attempt, result.prefix(), null, wireBytes);
    }
    if (result instanceof SetKeyspace set) {
      return withoutRows(execution, attempt, result.prefix(), set.keyspace(), wireBytes);
    }
    throw new UnexpectedResponse(from.endpoint(), "a statement", result.getClass().getSimpleName());
  }

  /** Returns a page without rows, for a failure that is ignored. */
  static RowSetImpl empty(Execution execution, Attempt attempt) {
    return withoutRows(execution, attempt, ResponsePrefix.NONE, null, 0);
  }

  private static RowSetImpl withoutRows(
      Execution execution,
      Attempt attempt,
      ResponsePrefix prefix,
      @Nullable String keyspace,
      int wireBytes) {
    return RowSetImpl.empty(
        execution.requester().noColumns(),
        new ResultInfo(attempt, prefix, null, keyspace, wireBytes));
  }

  private static ColumnPlan plan(
      Execution execution, RowsResult rows, @Nullable ResultShape shape) {
    Columns announced = rows.columns();
    byte[] newId = rows.newMetadataId();
    if (announced != null) {
      ColumnPlan plan =
          shape != null && shape.columns().columns().equals(announced)
              ? shape.columns()
              : new ColumnPlan(announced, execution.requester().codecs());
      if (newId != null && shape != null) {
        refresh(execution.call().preparedStatement(shape.prepared().id()), newId, plan);
      }
      return plan;
    }
    if (shape == null || shape.columns().columns().size() != rows.columnCount()) {
      throw new ProtocolViolation(
          "A result has %s columns and does not describe them; %s are known"
              .formatted(rows.columnCount(), shape == null ? 0 : shape.columns().columns().size()));
    }
    return shape.columns();
  }

  private static void refresh(
      @Nullable PreparedStatementImpl prepared, byte[] newId, ColumnPlan plan) {
    if (prepared != null) {
      prepared.refreshColumns(newId, plan);
    }
  }
}
