package cqloop;

import cqloop.error.AttemptFailure;
import cqloop.metadata.Node;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Value. How a request went. */
public interface ExecutionInfo {

  /** Returns the node that answered. */
  Node coordinator();

  /** Returns the attempts that failed before, first to last; empty when the first one succeeded. */
  List<AttemptFailure> failedAttempts();

  /** Returns how many speculative attempts were started. */
  int speculativeAttempts();

  /** Returns the warnings of the server; empty when there are none. */
  List<String> warnings();

  /** Returns the custom payload of the answer; empty when there is none. */
  Map<String, Buffer> payload();

  /** Returns the id of the server's trace, or null when tracing was off. */
  @Nullable UUID tracingId();

  /**
   * Tells whether all nodes that are up agreed on the schema before a change of schema was
   * answered; false also when there are several and {@code maxSchemaWait} is 0, so that none was
   * asked; true for every other statement.
   */
  boolean schemaInAgreement();

  /** Returns the bytes of the request on the wire, before compression of segments. */
  int requestBytes();

  /** Returns the bytes of the response on the wire, before compression of segments. */
  int responseBytes();
}
