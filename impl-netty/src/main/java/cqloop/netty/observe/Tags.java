package cqloop.netty.observe;

import cqloop.BatchStatement;
import cqloop.BoundStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.metadata.Node;
import io.vertx.core.spi.tracing.TagExtractor;

/** Value. What spans tell of requests; the texts of statements, but never their bound values. */
final class Tags {

  static final TagExtractor<ObservedRequest> REQUEST = new OfRequest();
  static final TagExtractor<Object> RESPONSE = new OfResponse();

  /** Longer texts are cut: a span is no place for a statement of megabytes. */
  private static final int MOST_CHARACTERS = 2000;

  private Tags() {}

  private static String text(Statement<?> statement) {
    String text;
    if (statement instanceof SimpleStatement simple) {
      text = simple.cql();
    } else if (statement instanceof BoundStatement bound) {
      text = bound.prepared().cql();
    } else {
      int size = ((BatchStatement) statement).statements().size();
      text = "batch of " + size + " statements";
    }
    return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
  }

  /** Value. The names are those that OpenTelemetry gives to clients of databases. */
  private static final class OfRequest implements TagExtractor<ObservedRequest> {

    @Override
    public int len(ObservedRequest request) {
      return request.statement().settings().keyspace() == null ? 3 : 4;
    }

    @Override
    public String name(ObservedRequest request, int index) {
      return switch (index) {
        case 0 -> "db.system";
        case 1 -> "db.operation";
        case 2 -> "db.statement";
        default -> "db.namespace";
      };
    }

    @Override
    public String value(ObservedRequest request, int index) {
      return switch (index) {
        case 0 -> "cassandra";
        case 1 -> request.operation();
        case 2 -> text(request.statement());
        default -> String.valueOf(request.statement().settings().keyspace());
      };
    }
  }

  /** Value. Only rows tell who gave them. */
  private static final class OfResponse implements TagExtractor<Object> {

    @Override
    public int len(Object response) {
      return response instanceof RowSet ? 2 : 0;
    }

    @Override
    public String name(Object response, int index) {
      return index == 0 ? "network.peer.address" : "db.cassandra.coordinator.dc";
    }

    @Override
    public String value(Object response, int index) {
      Node coordinator = ((RowSet) response).executionInfo().coordinator();
      return index == 0 ? coordinator.endpoint() : coordinator.datacenter();
    }
  }
}
