package cqloop.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.dse.protocol.internal.response.result.DseRowsMetadata;
import com.datastax.oss.protocol.internal.response.AuthChallenge;
import com.datastax.oss.protocol.internal.response.AuthSuccess;
import com.datastax.oss.protocol.internal.response.Authenticate;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.Ready;
import com.datastax.oss.protocol.internal.response.Supported;
import com.datastax.oss.protocol.internal.response.error.AlreadyExists;
import com.datastax.oss.protocol.internal.response.error.CASWriteUnknown;
import com.datastax.oss.protocol.internal.response.error.FunctionFailure;
import com.datastax.oss.protocol.internal.response.error.ReadFailure;
import com.datastax.oss.protocol.internal.response.error.ReadTimeout;
import com.datastax.oss.protocol.internal.response.error.Unavailable;
import com.datastax.oss.protocol.internal.response.error.Unprepared;
import com.datastax.oss.protocol.internal.response.error.WriteFailure;
import com.datastax.oss.protocol.internal.response.error.WriteTimeout;
import com.datastax.oss.protocol.internal.response.event.SchemaChangeEvent;
import com.datastax.oss.protocol.internal.response.event.StatusChangeEvent;
import com.datastax.oss.protocol.internal.response.event.TopologyChangeEvent;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.Prepared;
import com.datastax.oss.protocol.internal.response.result.RawType;
import com.datastax.oss.protocol.internal.response.result.Rows;
import com.datastax.oss.protocol.internal.response.result.SchemaChange;
import com.datastax.oss.protocol.internal.response.result.SetKeyspace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replies written by ours, read by the independent native-protocol library. */
class ReplyOracleTest {
  private static final Errors.Responses ONE_OF_TWO = new Errors.Responses(4, 1, 2);

  @ParameterizedTest
  @EnumSource
  void rows(WireVersion version) {
    RowsReply reply =
        Replies.rows()
            .table("ks", "people")
            .column("id", WireType.UUID)
            .column("tags", WireType.map(WireType.TEXT, WireType.list(WireType.INT)))
            .row(new UUID(1, 2), Map.of("a", List.of(1, 2)))
            .row(null, null)
            .pagingState((byte) 5);
    Rows rows = Oracle.message(version, reply, Rows.class);
    assertThat(rows.getMetadata().columnCount).isEqualTo(2);
    assertThat(rows.getMetadata().pagingState).isEqualTo(ByteBuffer.wrap(new byte[] {5}));
    ColumnSpec tags = rows.getMetadata().columnSpecs.get(1);
    assertThat(tags.ksName).isEqualTo("ks");
    assertThat(tags.tableName).isEqualTo("people");
    assertThat(tags.name).isEqualTo("tags");
    assertThat(tags.type)
        .isEqualTo(
            new RawType.RawMap(
                RawType.PRIMITIVES.get(0x0D), new RawType.RawList(RawType.PRIMITIVES.get(9))));
    assertThat(rows.getData()).hasSize(2);
    List<ByteBuffer> first = rows.getData().remove();
    assertThat(first.get(0).remaining()).isEqualTo(16);
    assertThat(rows.getData().remove()).containsExactly(null, null);
  }

  @Test
  void typesOfColumns() {
    WireType udt =
        WireType.udt("ks", "Address", List.of("street"), List.of(WireType.set(WireType.TEXT)));
    RowsReply reply =
        Replies.rows()
            .column("u", udt)
            .column("p", WireType.tuple(WireType.DATE, WireType.DURATION))
            .column("v", WireType.floatVector(3));
    List<ColumnSpec> specs =
        Oracle.message(WireVersion.V5, reply, Rows.class).getMetadata().columnSpecs;
    Map<String, RawType> fields = new LinkedHashMap<>();
    fields.put("street", new RawType.RawSet(RawType.PRIMITIVES.get(0x0D)));
    assertThat(specs.get(0).type).isEqualTo(new RawType.RawUdt("ks", "Address", fields));
    assertThat(specs.get(1).type)
        .isEqualTo(
            new RawType.RawTuple(
                List.of(RawType.PRIMITIVES.get(0x11), RawType.PRIMITIVES.get(0x15))));
    assertThat(((RawType.RawCustom) specs.get(2).type).className).contains("VectorType(");
  }

  @Test
  void changedMetadata() {
    RowsReply reply =
        Replies.rows()
            .column("v", WireType.INT)
            .row(1)
            .newMetadataId((byte) 7)
            .pagingState((byte) 8);
    Rows rows = Oracle.message(WireVersion.V5, reply, Rows.class);
    assertThat(rows.getMetadata().newResultMetadataId).containsExactly(7);
    assertThat(rows.getMetadata().pagingState).isEqualTo(ByteBuffer.wrap(new byte[] {8}));
    assertThat(rows.getMetadata().columnSpecs).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"DSE_V1", "DSE_V2"})
  void pagesOfContinuousPaging(WireVersion version) {
    RowsReply reply = Replies.rows().column("v", WireType.INT).row(1).continuousPage(3, true);
    DseRowsMetadata metadata =
        (DseRowsMetadata) Oracle.message(version, reply, Rows.class).getMetadata();
    assertThat(metadata.continuousPageNumber).isEqualTo(3);
    assertThat(metadata.isLastContinuousPage).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void prepared(WireVersion version) {
    PreparedReply reply =
        Replies.prepared()
            .id((byte) 1, (byte) 2)
            .resultMetadataId((byte) 3)
            .table("ks", "t")
            .variable("a", WireType.INT)
            .variable("b", WireType.TEXT)
            .partitionKey(1, 0)
            .result("c", WireType.BLOB);
    Prepared prepared = Oracle.message(version, reply, Prepared.class);
    assertThat(prepared.preparedQueryId).containsExactly(1, 2);
    if (version.hasResultMetadataId()) {
      assertThat(prepared.resultMetadataId).containsExactly(3);
    }
    assertThat(prepared.variablesMetadata.columnSpecs)
        .extracting(spec -> spec.name)
        .containsExactly("a", "b");
    if (version.atLeastV4()) {
      assertThat(prepared.variablesMetadata.pkIndices).containsExactly(1, 0);
    }
    assertThat(prepared.resultMetadata.columnSpecs)
        .extracting(spec -> spec.name)
        .containsExactly("c");
  }

  @ParameterizedTest
  @EnumSource
  void preparedWithoutColumns(WireVersion version) {
    Prepared prepared = Oracle.message(version, Replies.prepared(), Prepared.class);
    assertThat(prepared.variablesMetadata.columnSpecs).isEmpty();
    assertThat(prepared.resultMetadata.columnCount).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void smallResults(WireVersion version) {
    Oracle.message(
        version,
        Replies.voidResult(),
        com.datastax.oss.protocol.internal.response.result.Void.class);
    assertThat(Oracle.message(version, Replies.setKeyspace("ks"), SetKeyspace.class).keyspace)
        .isEqualTo("ks");
    SchemaChange keyspace =
        Oracle.message(
            version, Replies.schemaChange("DROPPED", "KEYSPACE", "ks"), SchemaChange.class);
    assertThat(keyspace.changeType).isEqualTo("DROPPED");
    assertThat(keyspace.keyspace).isEqualTo("ks");
    SchemaChange table =
        Oracle.message(
            version, Replies.schemaChange("CREATED", "TABLE", "ks", "t"), SchemaChange.class);
    assertThat(table.object).isEqualTo("t");
  }

  @Test
  void schemaChangeOfAFunction() {
    SchemaChange change =
        Oracle.message(
            WireVersion.V4,
            Replies.schemaChange("UPDATED", "FUNCTION", "ks", "f", "int", "text"),
            SchemaChange.class);
    assertThat(change.object).isEqualTo("f");
    assertThat(change.arguments).containsExactly("int", "text");
  }

  @ParameterizedTest
  @EnumSource
  void handshakeMessages(WireVersion version) {
    Oracle.message(version, Replies.ready(), Ready.class);
    assertThat(
            Oracle.message(version, Replies.authenticate("a.B"), Authenticate.class).authenticator)
        .isEqualTo("a.B");
    assertThat(
            Oracle.message(version, Replies.authChallenge(new byte[] {1}), AuthChallenge.class)
                .token)
        .isEqualTo(ByteBuffer.wrap(new byte[] {1}));
    assertThat(Oracle.message(version, Replies.authSuccess(null), AuthSuccess.class).token)
        .isNull();
    Map<String, List<String>> options = Map.of("COMPRESSION", List.of("lz4", "snappy"));
    assertThat(Oracle.message(version, Replies.supported(options), Supported.class).options)
        .isEqualTo(options);
  }

  @ParameterizedTest
  @EnumSource
  void events(WireVersion version) {
    InetSocketAddress node = new InetSocketAddress("127.0.0.3", 9042);
    StatusChangeEvent status =
        Oracle.message(version, Replies.statusEvent("UP", node), StatusChangeEvent.class);
    assertThat(status.changeType).isEqualTo("UP");
    assertThat(status.address).isEqualTo(node);
    TopologyChangeEvent topology =
        Oracle.message(version, Replies.topologyEvent("NEW_NODE", node), TopologyChangeEvent.class);
    assertThat(topology.address).isEqualTo(node);
    SchemaChangeEvent schema =
        Oracle.message(
            version, Replies.schemaEvent("CREATED", "TYPE", "ks", "u"), SchemaChangeEvent.class);
    assertThat(schema.object).isEqualTo("u");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V3")
  void blocksInFrontOfTheMessage(WireVersion version) {
    UUID tracing = UUID.randomUUID();
    Reply reply =
        Replies.setKeyspace("ks")
            .withWarnings("one", "two")
            .withPayload(Map.of("k", new byte[] {1}))
            .withTracingId(tracing);
    com.datastax.oss.protocol.internal.Frame frame = Oracle.frame(version, reply);
    assertThat(frame.tracingId).isEqualTo(tracing);
    assertThat(frame.warnings).containsExactly("one", "two");
    assertThat(frame.customPayload).containsEntry("k", ByteBuffer.wrap(new byte[] {1}));
    assertThat(((SetKeyspace) frame.message).keyspace).isEqualTo("ks");
  }

  @ParameterizedTest
  @EnumSource
  void errorsWithoutFields(WireVersion version) {
    for (int code : new int[] {0, 0x0A, 0x0100, 0x1001, 0x1002, 0x1003, 0x2000, 0x2200, 0x2300}) {
      Error error = Oracle.message(version, Errors.error(code, "because"), Error.class);
      assertThat(error.code).isEqualTo(code);
      assertThat(error.message).isEqualTo("because");
    }
  }

  @ParameterizedTest
  @EnumSource
  void timeoutsAndUnavailable(WireVersion version) {
    Unavailable unavailable =
        Oracle.message(version, Errors.unavailable(6, 3, 1), Unavailable.class);
    assertThat(unavailable.consistencyLevel).isEqualTo(6);
    assertThat(unavailable.required).isEqualTo(3);
    assertThat(unavailable.alive).isEqualTo(1);
    ReadTimeout read =
        Oracle.message(version, Errors.readTimeout(ONE_OF_TWO, true), ReadTimeout.class);
    assertThat(read.consistencyLevel).isEqualTo(4);
    assertThat(read.received).isEqualTo(1);
    assertThat(read.blockFor).isEqualTo(2);
    assertThat(read.dataPresent).isTrue();
    WriteTimeout write =
        Oracle.message(version, Errors.writeTimeout(ONE_OF_TWO, "BATCH_LOG"), WriteTimeout.class);
    assertThat(write.blockFor).isEqualTo(2);
    assertThat(write.writeType).isEqualTo("BATCH_LOG");
  }

  @ParameterizedTest
  @EnumSource
  void failures(WireVersion version) throws Exception {
    Map<InetAddress, Integer> reasons = Map.of(InetAddress.getByName("127.0.0.2"), 3);
    ReadFailure read =
        Oracle.message(version, Errors.readFailure(ONE_OF_TWO, reasons, true), ReadFailure.class);
    assertThat(read.numFailures).isEqualTo(1);
    assertThat(read.dataPresent).isTrue();
    assertThat(read.reasonMap).isEqualTo(version.hasFailureReasons() ? reasons : Map.of());
    WriteFailure write =
        Oracle.message(
            version, Errors.writeFailure(ONE_OF_TWO, reasons, "SIMPLE"), WriteFailure.class);
    assertThat(write.received).isEqualTo(1);
    assertThat(write.writeType).isEqualTo("SIMPLE");
    assertThat(write.reasonMap).isEqualTo(version.hasFailureReasons() ? reasons : Map.of());
  }

  @ParameterizedTest
  @EnumSource
  void otherErrorsWithFields(WireVersion version) {
    FunctionFailure function =
        Oracle.message(
            version, Errors.functionFailure("ks", "f", List.of("int")), FunctionFailure.class);
    assertThat(function.keyspace).isEqualTo("ks");
    assertThat(function.function).isEqualTo("f");
    assertThat(function.argTypes).containsExactly("int");
    AlreadyExists exists =
        Oracle.message(version, Errors.alreadyExists("ks", "t"), AlreadyExists.class);
    assertThat(exists.keyspace).isEqualTo("ks");
    assertThat(exists.table).isEqualTo("t");
    Unprepared unprepared =
        Oracle.message(version, Errors.unprepared(new byte[] {9}), Unprepared.class);
    assertThat(unprepared.id).containsExactly(9);
  }

  @Test
  void casErrorsOfV5() {
    CASWriteUnknown unknown =
        Oracle.message(WireVersion.V5, Errors.casWriteUnknown(ONE_OF_TWO), CASWriteUnknown.class);
    assertThat(unknown.blockFor).isEqualTo(2);
    // native_protocol_v5.spec §9: contentions end the error of a CAS write; written out by hand.
    Reply.Context v5 = new Reply.Context(Dialect.of(WireVersion.V5), null);
    byte[] body = Errors.writeTimeout(ONE_OF_TWO, "CAS", 3).toFrame(v5, 0).body();
    WireReader in = new WireReader(body);
    assertThat(in.readInt()).isEqualTo(0x1100);
    in.readString();
    assertThat(in.readShort()).isEqualTo(4);
    assertThat(in.readLong()).isEqualTo(0x1_00000002L);
    assertThat(in.readString()).isEqualTo("CAS");
    assertThat(in.readShort()).isEqualTo(3);
    in.expectEnd("write timeout");
  }
}
