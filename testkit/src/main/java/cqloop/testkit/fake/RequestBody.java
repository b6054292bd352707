package cqloop.testkit.fake;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. The decoded body of a request; one shape per message kind. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface RequestBody {
  /** OPTIONS, or a message of which only the header is of interest. */
  record Empty() implements RequestBody {}

  /** STARTUP with its options. */
  record Startup(Map<String, String> options) implements RequestBody {}

  /** REGISTER with the event types. */
  record Register(List<String> eventTypes) implements RequestBody {}

  /** AUTH_RESPONSE with its token, which may be null. */
  record AuthResponse(byte @Nullable [] token) implements RequestBody {}

  /** QUERY. */
  record Query(String cql, QueryParameters parameters) implements RequestBody {}

  /** PREPARE, with the keyspace of the request if it has one (v5 and DSE v2). */
  record Prepare(String cql, @Nullable String keyspace) implements RequestBody {}

  /** EXECUTE; the metadata id is null where the dialect has none. */
  record Execute(byte[] id, byte @Nullable [] resultMetadataId, QueryParameters parameters)
      implements RequestBody {}

  /** BATCH; type 0 is logged, 1 unlogged, 2 counter. */
  record Batch(int type, List<BatchChild> children, QueryParameters parameters)
      implements RequestBody {}

  /** DSE's cancel or backpressure message: its numbers in the order of the wire. */
  record Revise(List<Integer> fields) implements RequestBody {}

  /** One statement of a batch: a text, or the id of a prepared statement. */
  record BatchChild(@Nullable String cql, byte @Nullable [] id, List<WireValue> values) {}
}
