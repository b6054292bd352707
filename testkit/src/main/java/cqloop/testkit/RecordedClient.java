package cqloop.testkit;

import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any thread, guarded by its monitor because loops report while tests read. What one client
 * reported about one remote address.
 */
public final class RecordedClient {
  /** Value. What a call reported. */
  public enum Step {
    REQUEST_BEGIN,
    REQUEST_END,
    REQUEST_RESET,
    RESPONSE_BEGIN,
    RESPONSE_END,
    CONNECTED,
    DISCONNECTED
  }

  /**
   * Value. One call.
   *
   * @param request which request of this client, counted from 1; 0 for connections
   * @param step what it reported
   * @param uri the uri of REQUEST_BEGIN, else null
   * @param bytes the bytes of an end, −1 when it told none
   */
  public record Call(int request, Step step, @Nullable String uri, long bytes) {}

  private final SocketAddress remote;
  private final String type;
  private final @Nullable String namespace;
  private final List<Call> calls = new ArrayList<>();
  private final Set<Integer> open = new HashSet<>();
  private int requests;
  private int connections;
  private boolean closed;

  RecordedClient(SocketAddress remote, String type, @Nullable String namespace) {
    this.remote = remote;
    this.type = type;
    this.namespace = namespace;
  }

  /** The remote address. */
  public SocketAddress remote() {
    return remote;
  }

  /** The type of the client, such as {@code cql}. */
  public String type() {
    return type;
  }

  /** The metrics name of the client, or null. */
  public @Nullable String namespace() {
    return namespace;
  }

  /** All calls in order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The steps of one request in order. */
  public synchronized List<Step> steps(int request) {
    return calls.stream().filter(call -> call.request == request).map(Call::step).toList();
  }

  /** How many requests began. */
  public synchronized int requests() {
    return requests;
  }

  /** How many requests began and neither got their response nor were reset. */
  public synchronized int openRequests() {
    return open.size();
  }

  /** How many connections are open. */
  public synchronized int openConnections() {
    return connections;
  }

  /** Whether the client closed its metrics. */
  public synchronized boolean isClosed() {
    return closed;
  }

  ClientMetrics<Object, Object, Object> metrics() {
    return new Recorder();
  }

  private synchronized void record(Object request, Step step, @Nullable String uri, long bytes) {
    int number = (Integer) request;
    calls.add(new Call(number, step, uri, bytes));
    switch (step) {
      case REQUEST_BEGIN -> open.add(number);
      case RESPONSE_END, REQUEST_RESET -> open.remove(number);
      case CONNECTED -> connections++;
      case DISCONNECTED -> connections--;
      default -> {
        // Neither opens nor ends anything.
      }
    }
  }

  private synchronized Integer nextRequest() {
    return ++requests;
  }

  private synchronized void markClosed() {
    closed = true;
  }

  private final class Recorder implements ClientMetrics<Object, Object, Object> {
    @Override
    public Object init() {
      return nextRequest();
    }

    @Override
    public void requestBegin(Object request, String uri, Object message) {
      record(request, Step.REQUEST_BEGIN, uri, -1);
    }

    @Override
    public void requestEnd(Object request) {
      record(request, Step.REQUEST_END, null, -1);
    }

    @Override
    public void requestEnd(Object request, long bytes) {
      record(request, Step.REQUEST_END, null, bytes);
    }

    @Override
    public void responseBegin(Object request, Object response) {
      record(request, Step.RESPONSE_BEGIN, null, -1);
    }

    @Override
    public void requestReset(Object request) {
      record(request, Step.REQUEST_RESET, null, -1);
    }

    @Override
    public void responseEnd(Object request) {
      record(request, Step.RESPONSE_END, null, -1);
    }

    @Override
    public void responseEnd(Object request, long bytes) {
      record(request, Step.RESPONSE_END, null, bytes);
    }

    @Override
    public void connected() {
      record(0, Step.CONNECTED, null, -1);
    }

    @Override
    public void disconnected() {
      record(0, Step.DISCONNECTED, null, -1);
    }

    @Override
    public void close() {
      markClosed();
    }
  }
}
