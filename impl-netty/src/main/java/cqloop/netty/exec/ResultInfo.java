package cqloop.netty.exec;

import cqloop.ExecutionInfo;
import cqloop.PagingState;
import cqloop.RowSet;
import cqloop.error.AttemptFailure;
import cqloop.error.NoPagingState;
import cqloop.metadata.Node;
import cqloop.netty.message.ResponsePrefix;
import cqloop.netty.row.PageInfo;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Value. How one page came, and how the next one comes. */
public final class ResultInfo implements PageInfo, ExecutionInfo {

  private final Attempt attempt;
  private final ResponsePrefix prefix;
  private final byte @Nullable [] pagingState;
  private final @Nullable String keyspace;
  private final int responseBytes;

  /** How many pages have led nowhere, with this one; set before anybody else sees the page. */
  private int idlePages;

  ResultInfo(
      Attempt attempt,
      ResponsePrefix prefix,
      byte @Nullable [] pagingState,
      @Nullable String keyspace,
      int responseBytes) {
    this.attempt = attempt;
    this.prefix = prefix;
    this.pagingState = pagingState;
    this.keyspace = keyspace;
    this.responseBytes = responseBytes;
  }

  private Execution execution() {
    return attempt.execution();
  }

  /** Returns the keyspace that a USE statement set, or null for any other statement. */
  public @Nullable String keyspace() {
    return keyspace;
  }

  @Override
  public boolean hasMorePages() {
    return pagingState != null;
  }

  @Override
  public @Nullable PagingState pagingState() {
    return pagingState == null ? null : PagingState.of(pagingState);
  }

  @Override
  public Future<RowSet> nextPage() {
    PagingState next = pagingState();
    if (next == null) {
      return Future.failedFuture(new NoPagingState());
    }
    return execution()
        .requester()
        .execute(
            execution().statement().withPagingState(next), execution().call().profile().index())
        .map(page -> follow(page, next));
  }

  /** Lets the next page know how it was come by. */
  private RowSet follow(RowSet page, PagingState askedWith) {
    int idle = PageProgress.check(idlePages, askedWith, page);
    if (page.executionInfo() instanceof ResultInfo info) {
      info.idlePages = idle;
    }
    return page;
  }

  @Override
  public ExecutionInfo executionInfo() {
    return this;
  }

  @Override
  public Node coordinator() {
    return attempt.requireNode();
  }

  @Override
  public List<AttemptFailure> failedAttempts() {
    return List.copyOf(execution().failedAttempts());
  }

  @Override
  public int speculativeAttempts() {
    return execution().speculativeAttempts();
  }

  @Override
  public List<String> warnings() {
    return prefix.warnings();
  }

  @Override
  @SuppressWarnings("NullAway") // A server may send a key without a value.
  public Map<String, Buffer> payload() {
    return prefix.payload();
  }

  @Override
  public @Nullable UUID tracingId() {
    return prefix.tracingId();
  }

  @Override
  public boolean schemaInAgreement() {
    return execution().schemaInAgreement();
  }

  @Override
  public int requestBytes() {
    return execution().requestBytes();
  }

  @Override
  public int responseBytes() {
    return responseBytes;
  }
}
