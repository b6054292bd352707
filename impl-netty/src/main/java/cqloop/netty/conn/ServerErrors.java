package cqloop.netty.conn;

import cqloop.Consistency;
import cqloop.error.AlreadyExists;
import cqloop.error.BadCredentials;
import cqloop.error.CasWriteUnknown;
import cqloop.error.CdcWriteFailure;
import cqloop.error.ClientWriteFailure;
import cqloop.error.ConfigError;
import cqloop.error.FunctionFailure;
import cqloop.error.InvalidQuery;
import cqloop.error.IsBootstrapping;
import cqloop.error.Overloaded;
import cqloop.error.ProtocolError;
import cqloop.error.RateLimitReached;
import cqloop.error.ReadFailure;
import cqloop.error.ReadTimeout;
import cqloop.error.ServerError;
import cqloop.error.ServerException;
import cqloop.error.SyntaxError;
import cqloop.error.TruncateError;
import cqloop.error.Unauthorized;
import cqloop.error.Unavailable;
import cqloop.error.UnknownServerError;
import cqloop.error.Unprepared;
import cqloop.error.WriteFailure;
import cqloop.error.WriteTimeout;
import cqloop.netty.message.ErrorDetail;
import cqloop.netty.message.ErrorMessage;
import org.jspecify.annotations.Nullable;

/** Value. Turns ERROR messages into exceptions. */
public final class ServerErrors {

  private static final String UNKNOWN_WRITE_TYPE = "UNKNOWN";

  private ServerErrors() {}

  /** Returns the exception of this message. A code that is not known gives a generic one. */
  public static ServerException toException(ErrorMessage error) {
    String message = error.message();
    ServerException typed = ofDetail(error, message);
    if (typed != null) {
      return typed;
    }
    return switch (error.code()) {
      case ErrorMessage.SERVER_ERROR -> new ServerError(message);
      case ErrorMessage.PROTOCOL_ERROR -> new ProtocolError(message);
      case ErrorMessage.BAD_CREDENTIALS -> new BadCredentials(message);
      case ErrorMessage.OVERLOADED -> new Overloaded(message);
      case ErrorMessage.IS_BOOTSTRAPPING -> new IsBootstrapping(message);
      case ErrorMessage.TRUNCATE_ERROR -> new TruncateError(message);
      case ErrorMessage.CDC_WRITE_FAILURE -> new CdcWriteFailure(message);
      case ErrorMessage.SYNTAX_ERROR -> new SyntaxError(message);
      case ErrorMessage.UNAUTHORIZED -> new Unauthorized(message);
      case ErrorMessage.INVALID -> new InvalidQuery(message);
      case ErrorMessage.CONFIG_ERROR -> new ConfigError(message);
      case ErrorMessage.CLIENT_WRITE_FAILURE -> new ClientWriteFailure(message);
      default -> new UnknownServerError(error.code(), message);
    };
  }

  private static @Nullable ServerException ofDetail(ErrorMessage error, String message) {
    ErrorDetail detail = error.detail();
    if (detail instanceof ErrorDetail.Unavailable unavailable) {
      Consistency consistency = ErrorDetail.consistency(unavailable.consistencyCode());
      return consistency == null
          ? null
          : new Unavailable(message, consistency, unavailable.required(), unavailable.alive());
    } else if (detail instanceof ErrorDetail.Timeout timeout) {
      return timeout(error.code(), message, timeout);
    } else if (detail instanceof ErrorDetail.Failure failure) {
      return failure(error.code(), message, failure);
    } else if (detail instanceof ErrorDetail.FunctionFailure function) {
      return new FunctionFailure(
          message, function.keyspace(), function.function(), function.argumentTypes());
    } else if (detail instanceof ErrorDetail.AlreadyExists exists) {
      return new AlreadyExists(message, exists.keyspace(), exists.table());
    } else if (detail instanceof ErrorDetail.Unprepared unprepared) {
      return new Unprepared(message, unprepared.id());
    } else if (detail instanceof ErrorDetail.RateLimit limit) {
      return new RateLimitReached(
          error.code(), message, limit.write(), limit.rejectedByCoordinator());
    }
    return null;
  }

  private static @Nullable ServerException timeout(
      int code, String message, ErrorDetail.Timeout timeout) {
    Consistency consistency = ErrorDetail.consistency(timeout.consistencyCode());
    if (consistency == null) {
      return null;
    }
    int received = timeout.received();
    int required = timeout.required();
    return switch (code) {
      case ErrorMessage.READ_TIMEOUT ->
          new ReadTimeout(message, consistency, received, required, timeout.dataPresent());
      case ErrorMessage.WRITE_TIMEOUT ->
          new WriteTimeout(
              message, consistency, received, required, writeType(timeout.writeType()));
      default -> new CasWriteUnknown(message, consistency, received, required);
    };
  }

  private static @Nullable ServerException failure(
      int code, String message, ErrorDetail.Failure failure) {
    Consistency consistency = ErrorDetail.consistency(failure.consistencyCode());
    if (consistency == null) {
      return null;
    }
    return code == ErrorMessage.READ_FAILURE
        ? new ReadFailure(
            message,
            consistency,
            failure.received(),
            failure.required(),
            failure.failures(),
            failure.reasons(),
            failure.dataPresent())
        : new WriteFailure(
            message,
            consistency,
            failure.received(),
            failure.required(),
            failure.failures(),
            failure.reasons(),
            writeType(failure.writeType()));
  }

  private static String writeType(@Nullable String told) {
    return told == null ? UNKNOWN_WRITE_TYPE : told;
  }
}
