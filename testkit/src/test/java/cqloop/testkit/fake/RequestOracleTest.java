package cqloop.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.dse.protocol.internal.request.Revise;
import com.datastax.dse.protocol.internal.request.query.ContinuousPagingOptions;
import com.datastax.dse.protocol.internal.request.query.DseQueryOptions;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.request.AuthResponse;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.Execute;
import com.datastax.oss.protocol.internal.request.Options;
import com.datastax.oss.protocol.internal.request.Prepare;
import com.datastax.oss.protocol.internal.request.Query;
import com.datastax.oss.protocol.internal.request.Register;
import com.datastax.oss.protocol.internal.request.Startup;
import com.datastax.oss.protocol.internal.request.query.QueryOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests written by the independent native-protocol library, read by ours. */
class RequestOracleTest {
  private static final ByteBuffer VALUE = ByteBuffer.wrap(new byte[] {1, 2, 3});

  private static String keyspace(WireVersion version) {
    return version.hasRequestKeyspace() ? "other" : null;
  }

  private static int now(WireVersion version) {
    return version == WireVersion.V5 ? 1234 : QueryOptions.NO_NOW_IN_SECONDS;
  }

  private static QueryOptions options(WireVersion version, boolean named) {
    List<ByteBuffer> positional = named ? List.of() : Arrays.asList(VALUE, null);
    Map<String, ByteBuffer> names = new LinkedHashMap<>();
    if (named) {
      names.put("a", VALUE);
      names.put("b", null);
    }
    if (version.isDse()) {
      return new DseQueryOptions(
          4,
          positional,
          names,
          true,
          77,
          VALUE,
          9,
          123_456L,
          keyspace(version),
          true,
          new ContinuousPagingOptions(5, 6, 7));
    }
    return new QueryOptions(
        4, positional, names, true, 77, VALUE, 9, 123_456L, keyspace(version), now(version));
  }

  private static void check(WireVersion version, boolean named, QueryParameters parameters) {
    assertThat(parameters.consistency()).isEqualTo(4);
    assertThat(parameters.values())
        .containsExactly(WireValue.of((byte) 1, (byte) 2, (byte) 3), WireValue.NULL);
    assertThat(parameters.names()).isEqualTo(named ? List.of("a", "b") : List.of());
    assertThat(parameters.skipMetadata()).isTrue();
    assertThat(parameters.pageSize()).isEqualTo(77);
    assertThat(parameters.pageSizeInBytes()).isEqualTo(version.isDse());
    assertThat(parameters.pagingState()).containsExactly(1, 2, 3);
    assertThat(parameters.serialConsistency()).isEqualTo(9);
    assertThat(parameters.timestamp()).isEqualTo(123_456L);
    assertThat(parameters.keyspace()).isEqualTo(keyspace(version));
    assertThat(parameters.nowInSeconds()).isEqualTo(version == WireVersion.V5 ? 1234 : null);
    List<Integer> continuous = version == WireVersion.DSE_V2 ? List.of(5, 6, 7) : List.of(5, 6);
    assertThat(parameters.continuousPaging()).isEqualTo(version.isDse() ? continuous : List.of());
  }

  @ParameterizedTest
  @EnumSource
  void query(WireVersion version) {
    for (boolean named : new boolean[] {false, true}) {
      Request request = Oracle.decoded(version, new Query("SELECT €", options(version, named)));
      assertThat(request.opcode()).isEqualTo(Opcode.QUERY);
      assertThat(request.streamId()).isEqualTo(5);
      assertThat(request.cql()).isEqualTo("SELECT €");
      check(version, named, request.parameters());
    }
  }

  @ParameterizedTest
  @EnumSource
  void queryWithoutOptions(WireVersion version) {
    Request request = Oracle.decoded(version, new Query("SELECT 1"));
    assertThat(request.parameters().flags()).isZero();
    assertThat(request.parameters().pageSize()).isNull();
    assertThat(request.parameters().timestamp()).isNull();
    assertThat(request.values()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void execute(WireVersion version) {
    Execute execute = new Execute(new byte[] {8, 9}, new byte[] {10}, options(version, false));
    Request request = Oracle.decoded(version, execute);
    RequestBody.Execute body = (RequestBody.Execute) request.body();
    assertThat(request.preparedId()).containsExactly(8, 9);
    if (version.hasResultMetadataId()) {
      assertThat(body.resultMetadataId()).containsExactly(10);
    } else {
      assertThat(body.resultMetadataId()).isNull();
    }
    check(version, false, body.parameters());
  }

  @ParameterizedTest
  @EnumSource
  void prepare(WireVersion version) {
    Request request = Oracle.decoded(version, new Prepare("SELECT ?", keyspace(version)));
    RequestBody.Prepare body = (RequestBody.Prepare) request.body();
    assertThat(body.cql()).isEqualTo("SELECT ?");
    assertThat(body.keyspace()).isEqualTo(keyspace(version));
    RequestBody plain = Oracle.decoded(version, new Prepare("SELECT ?", null)).body();
    assertThat(((RequestBody.Prepare) plain).keyspace()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void batch(WireVersion version) {
    Batch batch =
        new Batch(
            ProtocolConstants.BatchType.UNLOGGED,
            List.of("INSERT 1", new byte[] {7, 7}),
            List.of(List.of(), List.of(VALUE)),
            6,
            9,
            99L,
            keyspace(version),
            now(version));
    Request request = Oracle.decoded(version, batch);
    assertThat(((RequestBody.Batch) request.body()).type()).isEqualTo(1);
    assertThat(request.batch()).hasSize(2);
    assertThat(request.batch().get(0).cql()).isEqualTo("INSERT 1");
    assertThat(request.batch().get(0).values()).isEmpty();
    assertThat(request.batch().get(1).id()).containsExactly(7, 7);
    assertThat(request.batch().get(1).values())
        .containsExactly(WireValue.of((byte) 1, (byte) 2, (byte) 3));
    assertThat(request.parameters().consistency()).isEqualTo(6);
    assertThat(request.parameters().serialConsistency()).isEqualTo(9);
    assertThat(request.parameters().timestamp()).isEqualTo(99L);
    assertThat(request.parameters().keyspace()).isEqualTo(keyspace(version));
    assertThat(request.parameters().nowInSeconds())
        .isEqualTo(version == WireVersion.V5 ? 1234 : null);
  }

  @ParameterizedTest
  @EnumSource
  void handshakeMessages(WireVersion version) {
    Map<String, String> options = Map.of("CQL_VERSION", "3.0.0", "COMPRESSION", "lz4");
    assertThat(Oracle.decoded(version, new Startup(options)).startupOptions()).isEqualTo(options);
    assertThat(Oracle.decoded(version, Options.INSTANCE).opcode()).isEqualTo(Opcode.OPTIONS);
    assertThat(Oracle.decoded(version, new Register(List.of("A", "B"))).eventTypes())
        .containsExactly("A", "B");
    // The library wipes the token after it has written it.
    Request token =
        Oracle.decoded(version, new AuthResponse(ByteBuffer.wrap(new byte[] {1, 2, 3})));
    assertThat(((RequestBody.AuthResponse) token.body()).token()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V3")
  void tracingAndPayload(WireVersion version) {
    byte[] bytes =
        Oracle.request(version, 31_000, true, Map.of("key", VALUE), new Query("SELECT 1"));
    Request request = Oracle.decoded(version, bytes);
    assertThat(request.streamId()).isEqualTo(31_000);
    assertThat(request.tracing()).isTrue();
    assertThat(request.payload().get("key")).containsExactly(1, 2, 3);
    assertThat(request.cql()).isEqualTo("SELECT 1");
  }

  @Test
  void unsetValues() {
    ByteBuffer unset = ProtocolConstants.UNSET_VALUE;
    QueryOptions options =
        new QueryOptions(
            1,
            List.of(unset),
            Map.of(),
            false,
            -1,
            null,
            8,
            Long.MIN_VALUE,
            null,
            QueryOptions.NO_NOW_IN_SECONDS);
    assertThat(Oracle.decoded(WireVersion.V4, new Query("q", options)).values())
        .containsExactly(WireValue.UNSET);
  }

  @Test
  void reviseOfDse() {
    assertThat(Oracle.decoded(WireVersion.DSE_V1, Revise.cancelContinuousPaging(3)).body())
        .isEqualTo(new RequestBody.Revise(List.of(1, 3)));
    assertThat(Oracle.decoded(WireVersion.DSE_V2, Revise.requestMoreContinuousPages(3, 4)).body())
        .isEqualTo(new RequestBody.Revise(List.of(2, 3, 4)));
  }
}
