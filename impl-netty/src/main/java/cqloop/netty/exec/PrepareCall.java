package cqloop.netty.exec;

import cqloop.Consistency;
import cqloop.SimpleStatement;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.codec.Codecs;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.message.Prepare;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.Request;
import cqloop.netty.message.Result;
import org.jspecify.annotations.Nullable;

/** Loop-owned. PREPARE of a text. */
final class PrepareCall extends Call {

  private final SimpleStatement text;
  private final @Nullable String sessionKeyspace;
  private final Codecs codecs;
  private final Prepare request;

  PrepareCall(
      SimpleStatement text,
      @Nullable String sessionKeyspace,
      ProfileSettings profile,
      Codecs codecs) {
    super(text, profile);
    this.text = text;
    this.sessionKeyspace = sessionKeyspace;
    this.codecs = codecs;
    this.request =
        new Prepare(
            text.cql(),
            text.settings().keyspace(),
            StatementParameters.envelope(text.settings(), profile));
  }

  @Override
  Request request() {
    return request;
  }

  /** PREPARE has no consistency, and is made of the text alone. */
  @Override
  void makeRequest(@Nullable Consistency consistency) {}

  @Override
  Object read(Execution execution, Attempt attempt, Connection from, Result result, int wireBytes) {
    if (result instanceof Prepared prepared) {
      String own = text.settings().keyspace();
      return new PreparedOn(
          new PreparedStatementImpl(
              text.cql(),
              own == null ? sessionKeyspace : own,
              own != null,
              prepared,
              from.features(),
              codecs),
          from.endpoint());
    }
    throw new UnexpectedResponse(from.endpoint(), "PREPARE", result.getClass().getSimpleName());
  }

  @Override
  Object empty(Execution execution, Attempt attempt) {
    throw new IllegalStateException("The failure of PREPARE cannot be ignored");
  }

  /** Preparing twice has the effect of preparing once. */
  @Override
  boolean isIdempotent() {
    return true;
  }
}
