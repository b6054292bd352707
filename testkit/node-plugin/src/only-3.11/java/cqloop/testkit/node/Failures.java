package cqloop.testkit.node;

import java.nio.charset.StandardCharsets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import org.apache.cassandra.cql3.functions.FunctionName;
import org.apache.cassandra.db.ConsistencyLevel;
import org.apache.cassandra.db.WriteType;
import org.apache.cassandra.exceptions.AlreadyExistsException;
import org.apache.cassandra.exceptions.AuthenticationException;
import org.apache.cassandra.exceptions.ConfigurationException;
import org.apache.cassandra.exceptions.FunctionExecutionException;
import org.apache.cassandra.exceptions.InvalidRequestException;
import org.apache.cassandra.exceptions.IsBootstrappingException;
import org.apache.cassandra.exceptions.OverloadedException;
import org.apache.cassandra.exceptions.PreparedQueryNotFoundException;
import org.apache.cassandra.exceptions.ReadFailureException;
import org.apache.cassandra.exceptions.ReadTimeoutException;
import org.apache.cassandra.exceptions.RequestFailureReason;
import org.apache.cassandra.exceptions.SyntaxException;
import org.apache.cassandra.exceptions.TruncateException;
import org.apache.cassandra.exceptions.UnauthorizedException;
import org.apache.cassandra.exceptions.UnavailableException;
import org.apache.cassandra.exceptions.WriteFailureException;
import org.apache.cassandra.exceptions.WriteTimeoutException;
import org.apache.cassandra.transport.ProtocolException;
import org.apache.cassandra.transport.ServerError;
import org.apache.cassandra.utils.MD5Digest;
import org.jspecify.annotations.Nullable;

/** The exceptions that the server turns into ERROR answers, by command name, with their fields. */
final class Failures {
  /** One for each error code of protocol v4; the later ones are not in 3.11. */
  static final Set<String> NAMES =
      new TreeSet<>(
          List.of(
              "server",
              "protocol",
              "bad_credentials",
              "unavailable",
              "overloaded",
              "bootstrapping",
              "truncate",
              "write_timeout",
              "read_timeout",
              "read_failure",
              "function_failure",
              "write_failure",
              "syntax",
              "unauthorized",
              "invalid",
              "config",
              "already_exists",
              "unprepared"));

  private static final String TEXT = "injected by cqloop";

  private Failures() {}

  static RuntimeException of(
      String name, String argument, ConsistencyLevel consistency, @Nullable MD5Digest id) {
    Arguments with = new Arguments(argument);
    return switch (name) {
      case "unavailable" ->
          new UnavailableException(consistency, with.number(0, 2), with.number(1, 1));
      case "read_timeout" ->
          new ReadTimeoutException(
              consistency, with.number(0, 1), with.number(1, 2), with.flag(2));
      case "read_failure" ->
          new ReadFailureException(
              consistency, with.number(0, 1), with.number(1, 2), with.flag(2), reasons());
      case "write_timeout" -> writeTimeout(with, consistency);
      case "write_failure" ->
          new WriteFailureException(
              consistency,
              with.number(1, 1),
              with.number(2, 2),
              WriteType.valueOf(with.text(0, "SIMPLE")),
              reasons());
      case "already_exists" -> alreadyExists(with);
      case "function_failure" ->
          new FunctionExecutionException(
              new FunctionName(with.text(0, "ks"), with.text(1, "f")), List.of("int"), TEXT);
      case "unprepared" ->
          new PreparedQueryNotFoundException(
              id != null
                  ? id
                  : MD5Digest.compute(TEXT.getBytes(StandardCharsets.US_ASCII)));
      default -> withTextOnly(name, with.text(0, TEXT));
    };
  }

  private static RuntimeException withTextOnly(String name, String text) {
    return switch (name) {
      case "server" -> new ServerError(text);
      case "protocol" -> new ProtocolException(text);
      case "bad_credentials" -> new AuthenticationException(text);
      case "overloaded" -> new OverloadedException(text);
      case "bootstrapping" -> new IsBootstrappingException();
      case "truncate" -> new TruncateException(text);
      case "syntax" -> new SyntaxException(text);
      case "unauthorized" -> new UnauthorizedException(text);
      case "invalid" -> new InvalidRequestException(text);
      case "config" -> new ConfigurationException(text);
      default -> throw new IllegalArgumentException("no failure is named '" + name + "'");
    };
  }

  private static RuntimeException writeTimeout(Arguments with, ConsistencyLevel consistency) {
    return new WriteTimeoutException(
        WriteType.valueOf(with.text(0, "SIMPLE")),
        consistency,
        with.number(1, 1),
        with.number(2, 2));
  }

  private static RuntimeException alreadyExists(Arguments with) {
    String keyspace = with.text(0, "ks");
    String table = with.text(1, "");
    return table.isEmpty()
        ? new AlreadyExistsException(keyspace)
        : new AlreadyExistsException(keyspace, table);
  }

  /** One failed replica; protocol v4 sends only how many. */
  private static Map<InetAddress, RequestFailureReason> reasons() {
    try {
      return Map.of(
          InetAddress.getByName("127.0.0.99"),
          RequestFailureReason.READ_TOO_MANY_TOMBSTONES);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address literal needs no look-up", e);
    }
  }
}
