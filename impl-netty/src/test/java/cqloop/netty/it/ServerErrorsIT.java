package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.Consistency;
import cqloop.CqlSession;
import cqloop.ProtocolVersion;
import cqloop.SimpleStatement;
import cqloop.error.AlreadyExists;
import cqloop.error.BadCredentials;
import cqloop.error.CasWriteUnknown;
import cqloop.error.CdcWriteFailure;
import cqloop.error.ConfigError;
import cqloop.error.FunctionFailure;
import cqloop.error.InvalidQuery;
import cqloop.error.IsBootstrapping;
import cqloop.error.Overloaded;
import cqloop.error.ProtocolError;
import cqloop.error.ReadFailure;
import cqloop.error.ReadTimeout;
import cqloop.error.ServerError;
import cqloop.error.ServerException;
import cqloop.error.SyntaxError;
import cqloop.error.TruncateError;
import cqloop.error.Unauthorized;
import cqloop.error.Unavailable;
import cqloop.error.WriteFailure;
import cqloop.error.WriteTimeout;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every error code of the specification, section 9, made by a real node. */
@CassandraTest
class ServerErrorsIT {

  private static final String SELECT = "SELECT key FROM system.local";

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void errorsWithoutFields(Wire wire) {
    assertThat(error(wire, "server", ServerError.class).code()).isEqualTo(0x0000);
    assertThat(error(wire, "protocol", ProtocolError.class).code()).isEqualTo(0x000A);
    assertThat(error(wire, "bad_credentials", BadCredentials.class).code()).isEqualTo(0x0100);
    assertThat(error(wire, "overloaded", Overloaded.class).code()).isEqualTo(0x1001);
    assertThat(error(wire, "bootstrapping", IsBootstrapping.class).code()).isEqualTo(0x1002);
    assertThat(error(wire, "truncate", TruncateError.class).code()).isEqualTo(0x1003);
    assertThat(error(wire, "syntax", SyntaxError.class).code()).isEqualTo(0x2000);
    assertThat(error(wire, "unauthorized", Unauthorized.class).code()).isEqualTo(0x2100);
    assertThat(error(wire, "invalid", InvalidQuery.class).code()).isEqualTo(0x2200);
    assertThat(error(wire, "config", ConfigError.class).code()).isEqualTo(0x2300);
    assertThat(Awaits.get(sessions.on(wire).execute(SELECT)).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void unavailableCarriesItsCounts(Wire wire) {
    Unavailable error = error(wire, "unavailable=3,1", Unavailable.class);
    assertThat(error.required()).isEqualTo(3);
    assertThat(error.alive()).isEqualTo(1);
    assertThat(error.consistency()).isNotNull();
    assertThat(error.mayHaveBeenExecuted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void timeoutsCarryTheirCounts(Wire wire) {
    ReadTimeout read = error(wire, "read_timeout=1,2,true", ReadTimeout.class);
    assertThat(read.received()).isEqualTo(1);
    assertThat(read.required()).isEqualTo(2);
    assertThat(read.dataPresent()).isTrue();
    WriteTimeout write = error(wire, "write_timeout=SIMPLE,1,2", WriteTimeout.class);
    assertThat(write.received()).isEqualTo(1);
    assertThat(write.required()).isEqualTo(2);
    assertThat(write.writeType()).isEqualTo("SIMPLE");
    assertThat(write.mayHaveBeenExecuted()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void failuresAreForV4AndCarryReasonsInV5(Wire wire) {
    if (!wire.isAtLeast(ProtocolVersion.V4)) {
      // The server maps them for v3: a read failure is a read timeout there.
      assertThat(error(wire, "read_failure=1,2,true", ReadTimeout.class).required()).isEqualTo(2);
      assertThat(error(wire, "write_failure=SIMPLE,1,2", WriteTimeout.class).required())
          .isEqualTo(2);
      return;
    }
    ReadFailure read = error(wire, "read_failure=1,2,true", ReadFailure.class);
    assertThat(read.received()).isEqualTo(1);
    assertThat(read.required()).isEqualTo(2);
    assertThat(read.dataPresent()).isTrue();
    WriteFailure write = error(wire, "write_failure=SIMPLE,1,2", WriteFailure.class);
    assertThat(write.writeType()).isEqualTo("SIMPLE");
    assertThat(write.required()).isEqualTo(2);
    if (wire.isAtLeast(ProtocolVersion.V5)) {
      assertThat(write.failures()).hasSize(write.failureCount());
    }
    FunctionFailure function = error(wire, "function_failure=ks,fn", FunctionFailure.class);
    assertThat(function.keyspace()).isEqualTo("ks");
    assertThat(function.function()).isEqualTo("fn");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void alreadyExistsNamesWhat(Wire wire) {
    AlreadyExists error = error(wire, "already_exists=ks,tbl", AlreadyExists.class);
    assertThat(error.keyspace()).isEqualTo("ks");
    assertThat(error.table()).isEqualTo("tbl");
    AlreadyExists real =
        Awaits.failure(
            AlreadyExists.class,
            sessions
                .on(wire)
                .execute(
                    "CREATE KEYSPACE "
                        + sessions.keyspace()
                        + " WITH replication = {'class': 'SimpleStrategy',"
                        + " 'replication_factor': 1}"));
    assertThat(real.keyspace()).isEqualTo(sessions.keyspace());
    assertThat(real.table()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void cdcAndCasErrors(Wire wire) {
    assumeTrue(sessions.line() != ServerLine.V3_11, "3.11 has no such errors");
    if (wire.isAtLeast(ProtocolVersion.V5)) {
      assertThat(error(wire, "cdc", CdcWriteFailure.class).code()).isEqualTo(0x1600);
      CasWriteUnknown cas = error(wire, "cas_unknown=1,2", CasWriteUnknown.class);
      assertThat(cas.received()).isEqualTo(1);
      assertThat(cas.required()).isEqualTo(2);
      assertThat(cas.mayHaveBeenExecuted()).isTrue();
    } else {
      assertThat(error(wire, "cas_unknown=1,2", WriteTimeout.class).writeType()).isEqualTo("CAS");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void realUnavailableOfOneNode(Wire wire) {
    Unavailable error =
        Awaits.failure(
            Unavailable.class,
            sessions
                .on(wire)
                .execute(
                    SimpleStatement.of("SELECT * FROM system_distributed.repair_history")
                        .withConsistency(Consistency.THREE)));
    assertThat(error.consistency()).isEqualTo(Consistency.THREE);
    assertThat(error.required()).isEqualTo(3);
    assertThat(error.alive()).isEqualTo(1);
  }

  private static <E extends ServerException> E error(Wire wire, String command, Class<E> type) {
    CqlSession session = sessions.on(wire);
    E error = Awaits.failure(type, session.execute("/* cqloop:" + command + " */ " + SELECT));
    assertThat(error.serverMessage()).isNotNull();
    assertThat(error.details()).isNotNull();
    return error;
  }
}
