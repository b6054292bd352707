package cqloop.netty.exec;

import cqloop.Column;
import cqloop.Columns;
import cqloop.netty.message.PreparedId.Skip;
import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import cqloop.type.VectorType;

/**
 * Value. Decides where the server may leave the columns out of the rows of a prepared statement.
 *
 * <p>On a connection with ids of result metadata it always may: the server announces other columns.
 * Without, a server keeps {@code SELECT *} and statements over user-defined types valid while ALTER
 * gives them other columns or fields, and says nothing (JAVA-1227, scylladb #20860): there the
 * columns are read with each page.
 */
final class SkipMetadata {

  private SkipMetadata() {}

  static Skip when(String cql, Columns columns) {
    if (columns.size() == 0) {
      return Skip.NEVER;
    }
    // A star within a literal or a comment costs no more than the columns in each page.
    if (cql.indexOf('*') >= 0) {
      return Skip.WITH_ID;
    }
    for (Column column : columns) {
      if (mayChange(column.type())) {
        return Skip.WITH_ID;
      }
    }
    return Skip.ALWAYS;
  }

  private static boolean mayChange(DataType type) {
    if (type instanceof ListType list) {
      return mayChange(list.element());
    } else if (type instanceof SetType set) {
      return mayChange(set.element());
    } else if (type instanceof MapType map) {
      return mayChange(map.key()) || mayChange(map.value());
    } else if (type instanceof VectorType vector) {
      return mayChange(vector.element());
    } else if (type instanceof TupleType tuple) {
      return tuple.components().stream().anyMatch(SkipMetadata::mayChange);
    }
    return type instanceof UserType || type instanceof CustomType;
  }
}
