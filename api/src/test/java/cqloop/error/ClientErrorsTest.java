package cqloop.error;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ProtocolVersion;
import cqloop.type.PrimitiveType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientErrorsTest {

  private static final FailureDetails EXECUTED_BEFORE =
      new FailureDetails(null, List.of(), Duration.ZERO, true, Map.of());

  @Test
  void noNodeAvailableGivesTheReasonOfEachNodeInOrder() {
    Map<String, Throwable> reasons = new LinkedHashMap<>();
    reasons.put("10.0.0.2:9042", new ConnectionBusy("10.0.0.2:9042", 2048));
    reasons.put("10.0.0.1:9042", new ConnectionFailed("10.0.0.1:9042", "refused", null));
    NoNodeAvailable error = new NoNodeAvailable(reasons);
    reasons.clear();

    assertThat(error)
        .hasMessage(
            "No node could take the request: 10.0.0.2:9042: busy: no connection to 10.0.0.2:9042"
                + " has fewer than 2048 requests in flight; 10.0.0.1:9042: Could not connect to"
                + " 10.0.0.1:9042: refused");
    assertThat(error.reasons()).containsOnlyKeys("10.0.0.2:9042", "10.0.0.1:9042");
    assertThat(error.getCause()).isInstanceOf(ConnectionFailed.class);
    assertThat(error.isBusy()).isFalse();
    assertThat(error.category()).isEqualTo(ErrorCategory.TRANSPORT);
    assertThat(error.mayHaveBeenExecuted()).isFalse();
  }

  @Test
  void noNodeAvailableSaysBusyWhenAllAre() {
    NoNodeAvailable error =
        new NoNodeAvailable(Map.of("10.0.0.2:9042", new ConnectionBusy("10.0.0.2:9042", 9)));

    assertThat(error).hasMessageStartingWith("All nodes are busy: ");
    assertThat(error.isBusy()).isTrue();
    assertThat(error.category()).isEqualTo(ErrorCategory.BUSY);
  }

  @Test
  void noNodeAvailableExplainsAnEmptyPlan() {
    NoNodeAvailable error = new NoNodeAvailable(Map.of());

    assertThat(error).hasMessageContaining("the query plan is empty").hasNoCause();
    assertThat(error.isBusy()).isFalse();
  }

  @Test
  void noNodeAvailableBoundsItsMessage() {
    Map<String, Throwable> reasons = new LinkedHashMap<>();
    for (int i = 0; i < 500; i++) {
      reasons.put("10.0.0." + i, new IllegalStateException("down"));
    }
    NoNodeAvailable error = new NoNodeAvailable(reasons);

    assertThat(error).hasMessageEndingWith("10.0.0.9: down; and 490 more");
    assertThat(error.reasons()).hasSize(500);
  }

  @Test
  void requestTimeoutDependsOnWhetherANodeHasTheRequest() {
    RequestTimeout unsent =
        new RequestTimeout(Duration.ofMillis(12), Duration.ofMillis(10), List.of(), 0);
    RequestTimeout sent =
        new RequestTimeout(
            Duration.ofMillis(12), Duration.ofMillis(10), List.of("10.0.0.1:9042"), 2);

    assertThat(unsent)
        .hasMessage("No answer within 10 ms (waited 12 ms, attempts: 0); no node has the request");
    assertThat(unsent.mayHaveBeenExecuted()).isFalse();
    assertThat(unsent.withDetails(EXECUTED_BEFORE).mayHaveBeenExecuted()).isTrue();
    assertThat(sent).hasMessageEndingWith("attempts: 2); still waiting for 10.0.0.1:9042");
    assertThat(sent.mayHaveBeenExecuted()).isTrue();
    assertThat(sent.elapsed()).hasMillis(12);
    assertThat(sent.limit()).hasMillis(10);
    assertThat(sent.waitingFor()).containsExactly("10.0.0.1:9042");
    assertThat(sent.attemptsStarted()).isEqualTo(2);
    assertThat(sent.category()).isEqualTo(ErrorCategory.TIMEOUT);
  }

  @Test
  void connectionClosedDependsOnWhetherTheRequestWasWritten() {
    ConnectionClosed written = new ConnectionClosed("n:1", "reset", true, null);
    ConnectionClosed unwritten = new ConnectionClosed("n:1", "reset", false, null);

    assertThat(written).hasMessage("Connection to n:1 closed before the answer came: reset");
    assertThat(written.mayHaveBeenExecuted()).isTrue();
    assertThat(unwritten)
        .hasMessage("Connection to n:1 closed before the request was written: reset");
    assertThat(unwritten.mayHaveBeenExecuted()).isFalse();
    assertThat(unwritten.withDetails(EXECUTED_BEFORE).mayHaveBeenExecuted()).isTrue();
    assertThat(written.retryable()).isTrue();
    assertThat(written.node()).isEqualTo("n:1");
  }

  @Test
  void sessionClosedDependsOnWhetherTheRequestWasSent() {
    assertThat(new SessionClosed(true).mayHaveBeenExecuted()).isTrue();
    assertThat(new SessionClosed(false).mayHaveBeenExecuted()).isFalse();
    assertThat(new SessionClosed(false)).hasMessage("Session is closed: the request was not sent");
  }

  @Test
  void messagesOfConnectionsNameTheNode() {
    assertThat(new HandshakeTimeout("n:1", "STARTUP", Duration.ofSeconds(5)))
        .hasMessage("Handshake with n:1: no answer to STARTUP within 5000 ms");
    AuthenticationFailed auth = new AuthenticationFailed("n:1", "no mechanism", null);
    assertThat(auth).hasMessage("Authentication to n:1 failed: no mechanism");
    assertThat(auth.category()).isEqualTo(ErrorCategory.AUTH);
    assertThat(auth.retryable()).isFalse();
    assertThat(new HostResolutionFailed("db", "no answer within 2000 ms", null))
        .hasMessage("Host name 'db' could not be resolved: no answer within 2000 ms");
    assertThat(
            new UnsupportedProtocolVersion(
                "n:1", List.of(ProtocolVersion.V5, ProtocolVersion.V4), "use v3"))
        .hasMessage("n:1 accepts none of the protocol versions [V5, V4]. Server says: use v3");
    UnexpectedResponse odd = new UnexpectedResponse("n:1", "PREPARE", "RESULT void");
    assertThat(odd).hasMessage("n:1 answered PREPARE with RESULT void");
    assertThat(odd.mayHaveBeenExecuted()).isTrue();
    PagingStuck stuck = new PagingStuck("n:1", 3);
    assertThat(stuck).hasMessageStartingWith("n:1 sent 3 pages in a row without a row");
    assertThat(stuck.node()).isEqualTo("n:1");
    assertThat(stuck.category()).isEqualTo(ErrorCategory.SERVER);
  }

  @Test
  void codecFailuresNameColumnAndBothTypes() {
    CodecFailed named =
        new CodecFailed("total", PrimitiveType.INT, "java.lang.String", "has 3 bytes", null);
    CodecFailed unnamed =
        new CodecFailed("", PrimitiveType.INT, "java.lang.String", "has 3 bytes", null);

    assertThat(named)
        .hasMessage("Column 'total', CQL type int as Java type java.lang.String: has 3 bytes");
    assertThat(named.column()).isEqualTo("total");
    assertThat(named.cqlType()).isEqualTo(PrimitiveType.INT);
    assertThat(named.javaType()).isEqualTo("java.lang.String");
    assertThat(named.category()).isEqualTo(ErrorCategory.CLIENT);
    assertThat(unnamed).hasMessage("CQL type int as Java type java.lang.String: has 3 bytes");
    assertThat(new NullValue("total", PrimitiveType.INT))
        .hasMessageStartingWith("Column 'total' of type int is null");
  }

  @Test
  void queueAndBusyTellTheirLimits() {
    assertThat(new RequestQueueFull(8192).limit()).isEqualTo(8192);
    assertThat(new RequestQueueFull(8192)).hasMessageContaining("8192 requests wait");
    assertThat(new ConnectionBusy("n:1", 7).limit()).isEqualTo(7);
    assertThat(new RequestQueueFull(1).category()).isEqualTo(ErrorCategory.BUSY);
  }

  @Test
  void unknownOptionOffersTheNearestName() {
    UnknownOption error =
        new UnknownOption(
            "CqlOptions", "localDatacentre", List.of("port", "localDatacenter", "localAddress"));

    assertThat(error)
        .hasMessage(
            "Option 'CqlOptions.localDatacentre': there is no such option, did you mean"
                + " 'localDatacenter'? Known: localAddress, localDatacenter, port");
    assertThat(error.key()).isEqualTo("CqlOptions.localDatacentre");
    assertThat(error.nearest()).isEqualTo("localDatacenter");
    assertThat(error.getStackTrace()).isNotEmpty();
  }

  @Test
  void unknownOptionOffersNothingThatIsFarOff() {
    UnknownOption error = new UnknownOption("CqlOptions", "colour", List.of("port", "keyspace"));

    assertThat(error.nearest()).isNull();
    assertThat(error).hasMessageNotContaining("did you mean");
  }

  @Test
  void profileNotFoundListsTheKnown() {
    assertThat(new ProfileNotFound("olap", List.of("reports", "default")))
        .hasMessage("No execution profile 'olap'. Known: default, reports");
  }

  @Test
  void schemaErrorsNameKeyspaceAndObject() {
    assertThat(new KeyspaceNotFound("shop"))
        .hasMessage("The cluster has no keyspace 'shop', or the driver does not follow it");
    assertThat(new TableNotFound("shop", "t")).hasMessage("Keyspace 'shop' has no table 't'");
    assertThat(new ViewNotFound("shop", "v"))
        .hasMessage("Keyspace 'shop' has no materialized view 'v'");
    assertThat(new IndexNotFound("shop", "i").name()).isEqualTo("i");
    assertThat(new UserTypeNotFound("shop", "u").keyspace()).isEqualTo("shop");
    assertThat(new FunctionNotFound("shop", "f(int)"))
        .hasMessage("Keyspace 'shop' has no function 'f(int)'");
    assertThat(new AggregateNotFound("shop", "a"))
        .hasMessage("Keyspace 'shop' has no aggregate 'a'");
    assertThat(new ColumnNotFound("shop", "t", "c"))
        .hasMessage("Keyspace 'shop' has no column of table 't' named 'c'");
    assertThat(new KeyspaceFailed("shop", "no permission", null))
        .hasMessage("Keyspace 'shop' could not be used: no permission");
    assertThat(new SchemaNotAvailable("useSchema is false"))
        .hasMessage("Schema is not available: useSchema is false");
  }

  @Test
  void wrongNodeNamesBothHostsAndTheWayOut() {
    UUID expected = new UUID(1, 2);
    UUID answered = new UUID(3, 4);
    WrongNode error = new WrongNode("n:1", expected, answered, "its host id is another");

    assertThat(error)
        .hasMessage(
            "n:1 is not the node that was expected there: its host id is another. The cluster is"
                + " read again; if this address stands for many nodes, set the option"
                + " connection.verifyHostId to false");
    assertThat(error.node()).isEqualTo("n:1");
    assertThat(error.expectedHostId()).isEqualTo(expected);
    assertThat(error.hostId()).isEqualTo(answered);
    assertThat(error.retryable()).isTrue();
    assertThat(error.mayHaveBeenExecuted()).isFalse();
  }

  @Test
  void tlsFailuresTellTheKind() {
    TlsFailed error = new TlsFailed("n:1", TlsFailed.Kind.IDENTITY_MISMATCH, "no SAN n", null);

    assertThat(error)
        .hasMessage("TLS with n:1: the certificate of the node is for another host: no SAN n");
    assertThat(error.kind()).isEqualTo(TlsFailed.Kind.IDENTITY_MISMATCH);
    assertThat(error.retryable()).isFalse();
    assertThat(new TlsFailed("n:1", TlsFailed.Kind.CLOSED, "x", null).retryable()).isTrue();
    assertThat(new TlsFailed("", TlsFailed.Kind.INVALID_CERTIFICATE, "bad PEM", null))
        .hasMessage("TLS: our certificate or a trusted one cannot be read: bad PEM");
  }

  @Test
  void preparedStatementChangedShowsBothIds() {
    assertThat(new PreparedStatementChanged("SELECT 1", new byte[] {1}, new byte[] {(byte) 0xFF}))
        .hasMessageStartingWith("Prepared again, the statement has id ff and no longer 01;")
        .hasMessageEndingWith(": SELECT 1");
  }
}
