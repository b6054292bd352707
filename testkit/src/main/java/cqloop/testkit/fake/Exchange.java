package cqloop.testkit.fake;

import io.vertx.core.Future;

/** Loop-owned. One request and the means to answer it, given to a {@link Reaction}. */
public final class Exchange {
  private final FakeConnection connection;
  private final Request request;

  Exchange(FakeConnection connection, Request request) {
    this.connection = connection;
    this.request = request;
  }

  /** The request. */
  public Request request() {
    return request;
  }

  /** The connection that it came in on. */
  public FakeConnection connection() {
    return connection;
  }

  /** Answers on the stream of the request. */
  public Future<Void> send(Reply reply) {
    return send(reply, request.streamId());
  }

  /** Answers on any stream. */
  public Future<Void> send(Reply reply, int streamId) {
    Future<Void> written = connection.write(encode(reply, streamId));
    connection.afterReply(reply, request);
    return written;
  }

  /** The bytes that {@link #send} would write: compressed or in segments, as negotiated. */
  public byte[] encode(Reply reply) {
    return encode(reply, request.streamId());
  }

  /** The frame that {@link #send} would write, before compression and segments. */
  public Frame frame(Reply reply) {
    return reply.toFrame(new Reply.Context(request.dialect(), request), request.streamId());
  }

  /** Does what the node would have done without a rule. */
  public Future<Void> answerByDefault() {
    return send(connection.node().defaultAnswer(connection, request));
  }

  /** A future that completes after a while, on the loop of the node. */
  public Future<Void> delay(long millis) {
    return connection.node().delay(millis);
  }

  private byte[] encode(Reply reply, int streamId) {
    Reply.Context context = new Reply.Context(request.dialect(), request);
    return connection.encode(reply.toFrame(context, streamId));
  }
}
