package cqloop.netty.exec;

import cqloop.RowSet;
import cqloop.Statement;
import cqloop.netty.codec.Codecs;
import cqloop.netty.codec.SimpleValues;
import cqloop.netty.row.ColumnPlan;
import io.vertx.core.Future;

/** Any thread. What requests need of the session that makes them. */
public interface Requester {

  /** Returns the codecs of the session. */
  Codecs codecs();

  /** Returns what encodes the values of simple statements. */
  SimpleValues simpleValues();

  /** Returns how rows without columns are read. */
  ColumnPlan noColumns();

  /**
   * Returns the place of the profile that a statement names, or the given one.
   *
   * @throws cqloop.error.ProfileNotFound when it names one that does not exist
   */
  int profileOf(Statement<?> statement, int sessionProfile);

  /** Executes a statement for the current context; for the next page of a result. */
  Future<RowSet> execute(Statement<?> statement, int profile);
}
