package cqloop.netty.exec;

import cqloop.netty.message.PreparedId;
import cqloop.netty.row.ColumnPlan;

/**
 * Value. What an execution of a prepared statement needs to know of it, and what decodes its
 * answer: always replaced together.
 *
 * @param prepared ids for EXECUTE
 * @param columns how its rows are read, as last announced
 * @param hasRows whether it returns rows: it reads
 */
record ResultShape(PreparedId prepared, ColumnPlan columns, boolean hasRows) {

  ResultShape(PreparedId prepared, ColumnPlan columns) {
    this(prepared, columns, columns.columns().size() > 0);
  }
}
