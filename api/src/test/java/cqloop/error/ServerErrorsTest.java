package cqloop.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import cqloop.Consistency;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerErrorsTest {

  private static final Consistency QUORUM = Consistency.QUORUM;

  /** Error, code of native_protocol_v5.spec §9, category, may have been executed, retryable. */
  static Stream<Arguments> errors() {
    return Stream.of(
        arguments(new ServerError("x"), 0x0000, ErrorCategory.SERVER, true, true),
        arguments(new ProtocolError("x"), 0x000A, ErrorCategory.CLIENT, false, false),
        arguments(new BadCredentials("x"), 0x0100, ErrorCategory.AUTH, false, false),
        arguments(new Unavailable("x", QUORUM, 2, 1), 0x1000, ErrorCategory.SERVER, false, true),
        arguments(new Overloaded("x"), 0x1001, ErrorCategory.BUSY, true, true),
        arguments(new IsBootstrapping("x"), 0x1002, ErrorCategory.BUSY, false, true),
        arguments(new TruncateError("x"), 0x1003, ErrorCategory.SERVER, true, true),
        arguments(
            new WriteTimeout("x", QUORUM, 1, 2, WriteType.SIMPLE),
            0x1100,
            ErrorCategory.TIMEOUT,
            true,
            true),
        arguments(
            new ReadTimeout("x", QUORUM, 1, 2, false), 0x1200, ErrorCategory.TIMEOUT, true, true),
        arguments(
            new ReadFailure("x", QUORUM, 1, 2, 1, Map.of(), true),
            0x1300,
            ErrorCategory.SERVER,
            true,
            false),
        arguments(
            new FunctionFailure("x", "ks", "f", List.of("int")),
            0x1400,
            ErrorCategory.SERVER,
            true,
            false),
        arguments(
            new WriteFailure("x", QUORUM, 1, 2, 1, Map.of(), WriteType.CAS),
            0x1500,
            ErrorCategory.SERVER,
            true,
            false),
        arguments(new CdcWriteFailure("x"), 0x1600, ErrorCategory.SERVER, true, false),
        arguments(
            new CasWriteUnknown("x", QUORUM, 1, 2), 0x1700, ErrorCategory.SERVER, true, false),
        arguments(new SyntaxError("x"), 0x2000, ErrorCategory.CLIENT, false, false),
        arguments(new Unauthorized("x"), 0x2100, ErrorCategory.AUTH, false, false),
        arguments(new InvalidQuery("x"), 0x2200, ErrorCategory.CLIENT, false, false),
        arguments(new ConfigError("x"), 0x2300, ErrorCategory.CLIENT, false, false),
        arguments(new AlreadyExists("x", "ks", "t"), 0x2400, ErrorCategory.CLIENT, false, false),
        arguments(new Unprepared("x", new byte[] {1}), 0x2500, ErrorCategory.SERVER, false, true),
        arguments(new ClientWriteFailure("x"), 0x8000, ErrorCategory.SERVER, true, false),
        arguments(
            new RateLimitReached(0x4321, "x", true, true),
            0x4321,
            ErrorCategory.BUSY,
            false,
            false),
        arguments(
            new RateLimitReached(0x4321, "x", false, false),
            0x4321,
            ErrorCategory.BUSY,
            true,
            false),
        arguments(new UnknownServerError(0x1800, "x"), 0x1800, ErrorCategory.SERVER, true, false));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void classifiesEachCode(
      ServerException error,
      int code,
      ErrorCategory category,
      boolean mayHaveBeenExecuted,
      boolean retryable) {
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.category()).isEqualTo(category);
    assertThat(error.mayHaveBeenExecuted()).isEqualTo(mayHaveBeenExecuted);
    assertThat(error.retryable()).isEqualTo(retryable);
    assertThat(error.serverMessage()).isEqualTo("x");
    assertThat(error).hasMessageEndingWith("(server error 0x%04X). Server says: x".formatted(code));
    assertThat(error.getStackTrace()).isEmpty();
  }

  @Test
  void remembersThatAnEarlierAttemptMayHaveBeenExecuted() {
    CqlException refused =
        new AlreadyExists("x", "ks", "t")
            .withDetails(
                new FailureDetails(
                    "10.0.0.1:9042", List.of(), Duration.ofMillis(3), true, Map.of()));

    assertThat(refused.mayHaveBeenExecuted()).isTrue();
    assertThat(refused.details().node()).isEqualTo("10.0.0.1:9042");
  }

  @Test
  void keepsItsOwnDoubtWhenTheDetailsHaveNone() {
    CqlException timeout =
        new WriteTimeout("x", QUORUM, 1, 2, WriteType.BATCH).withDetails(FailureDetails.NONE);

    assertThat(timeout.mayHaveBeenExecuted()).isTrue();
  }

  @Test
  void unavailableTellsCounts() {
    Unavailable error = new Unavailable("Cannot achieve", Consistency.EACH_QUORUM, 3, 1);

    assertThat(error)
        .hasMessage(
            "Too few replicas are alive for EACH_QUORUM: 3 required, 1 alive"
                + " (server error 0x1000). Server says: Cannot achieve");
    assertThat(error.consistency()).isEqualTo(Consistency.EACH_QUORUM);
    assertThat(error.required()).isEqualTo(3);
    assertThat(error.alive()).isEqualTo(1);
  }

  @Test
  void readTimeoutTellsWhetherDataWerePresent() {
    ReadTimeout error = new ReadTimeout("slow", QUORUM, 1, 2, true);

    assertThat(error).hasMessageContaining("1 of 2 replicas answered, data present");
    assertThat(error.consistency()).isEqualTo(QUORUM);
    assertThat(error.received()).isEqualTo(1);
    assertThat(error.required()).isEqualTo(2);
    assertThat(error.dataPresent()).isTrue();
  }

  @Test
  void writeTimeoutTellsWriteTypeAndContentions() {
    WriteTimeout plain = new WriteTimeout("slow", QUORUM, 1, 2, "NEW_KIND");
    WriteTimeout cas = new WriteTimeout("slow", Consistency.SERIAL, 1, 2, WriteType.CAS, 7);

    assertThat(plain).hasMessageContaining("Write (NEW_KIND) at QUORUM");
    assertThat(plain.writeType()).isEqualTo("NEW_KIND");
    assertThat(plain.contentions()).isEqualTo(-1);
    assertThat(cas.contentions()).isEqualTo(7);
    assertThat(cas.received()).isEqualTo(1);
    assertThat(cas.required()).isEqualTo(2);
    assertThat(cas.consistency()).isEqualTo(Consistency.SERIAL);
  }

  @Test
  void failuresNameEachReplicaWithItsReason() throws Exception {
    Map<InetAddress, Integer> failures = new LinkedHashMap<>();
    failures.put(InetAddress.getByName("10.0.0.2"), 1);
    failures.put(InetAddress.getByName("10.0.0.1"), 0x42);
    WriteFailure write = new WriteFailure("x", QUORUM, 1, 2, 2, failures, WriteType.BATCH);
    ReadFailure read = new ReadFailure("x", QUORUM, 1, 2, 2, failures, false);
    failures.clear();

    assertThat(write).hasMessageContaining("2 failed (10.0.0.2: reason 1, 10.0.0.1: reason 66)");
    assertThat(write.failures()).hasSize(2).containsValues(1, 0x42);
    assertThat(write.failureCount()).isEqualTo(2);
    assertThat(write.writeType()).isEqualTo(WriteType.BATCH);
    assertThat(read).hasMessageContaining("2 failed (10.0.0.2: reason 1, 10.0.0.1: reason 66)");
    assertThat(read.failures()).isEqualTo(write.failures());
    assertThat(read.dataPresent()).isFalse();
    assertThat(read.received()).isEqualTo(1);
    assertThat(read.required()).isEqualTo(2);
  }

  @Test
  void boundsTheReplicasInTheMessage() throws Exception {
    Map<InetAddress, Integer> failures = new LinkedHashMap<>();
    for (int i = 1; i <= 8; i++) {
      failures.put(InetAddress.getByName("10.0.0." + i), 0);
    }
    ReadFailure error = new ReadFailure("x", QUORUM, 0, 8, 8, failures, false);

    assertThat(error).hasMessageContaining("10.0.0.5: reason 0, and 3 more)");
    assertThat(error.getMessage()).doesNotContain("10.0.0.6");
    assertThat(error.failures()).hasSize(8);
  }

  @Test
  void onlyCountsReplicasWhereTheProtocolNamesNone() {
    ReadFailure error = new ReadFailure("x", QUORUM, 1, 3, 2, Map.of(), true);

    assertThat(error).hasMessageContaining("1 of 3 answered, 2 failed (server error");
    assertThat(error.failureCount()).isEqualTo(2);
  }

  @Test
  void namesTheFunctionAndTheObjectThatExists() {
    FunctionFailure function = new FunctionFailure("x", "ks", "f", List.of("int", "text"));
    assertThat(function).hasMessageStartingWith("Function ks.f(int, text) failed");
    assertThat(function.keyspace()).isEqualTo("ks");
    assertThat(function.function()).isEqualTo("f");
    assertThat(function.argumentTypes()).containsExactly("int", "text");

    assertThat(new AlreadyExists("x", "ks", "t")).hasMessageStartingWith("Table 'ks.t' exists");
    AlreadyExists keyspace = new AlreadyExists("x", "ks", "");
    assertThat(keyspace).hasMessageStartingWith("Keyspace 'ks' exists already");
    assertThat(keyspace.keyspace()).isEqualTo("ks");
    assertThat(keyspace.table()).isEmpty();
  }

  @Test
  void unpreparedKeepsItsOwnCopyOfTheId() {
    byte[] id = {(byte) 0xCA, (byte) 0xFE};
    Unprepared error = new Unprepared("x", id);
    id[0] = 0;
    error.id()[1] = 0;

    assertThat(error.id()).containsExactly(0xCA, 0xFE);
    assertThat(error).hasMessageContaining("id cafe");
  }

  @Test
  void rateLimitTellsWhoRefusedWhat() {
    RateLimitReached write = new RateLimitReached(1, "x", true, true);
    RateLimitReached read = new RateLimitReached(1, "x", false, false);

    assertThat(write).hasMessageStartingWith("Rate limit of writes reached, refused by the coord");
    assertThat(write.isWrite()).isTrue();
    assertThat(write.rejectedByCoordinator()).isTrue();
    assertThat(read).hasMessageStartingWith("Rate limit of reads reached, refused by the replicas");
    assertThat(read.isWrite()).isFalse();
    assertThat(read.rejectedByCoordinator()).isFalse();
  }
}
