package cqloop.bench.jmh;

import cqloop.ProtocolVersion;
import cqloop.bench.wire.ResultBodies;
import cqloop.netty.message.Features;
import cqloop.netty.message.Opcode;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.ResponseDecoder;
import cqloop.netty.message.RowsResult;
import cqloop.netty.row.ColumnPlan;
import cqloop.netty.row.PageInfo;
import cqloop.netty.row.RowSetImpl;
import java.lang.reflect.Proxy;

/** Value. What a connection knows after PREPARE, taken from the answers of the stub server. */
final class Answers {
  /** A page without a past: the benchmarks read rows only. */
  private static final PageInfo NO_INFO =
      (PageInfo)
          Proxy.newProxyInstance(
              PageInfo.class.getClassLoader(),
              new Class<?>[] {PageInfo.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private Answers() {}

  static Features features(int version) {
    return Features.of(version == 4 ? ProtocolVersion.V4 : ProtocolVersion.V5);
  }

  /** The answer to PREPARE of the statement with this number. */
  static Prepared prepared(int version, int statement) {
    byte[] body = ResultBodies.prepared(version, statement);
    return (Prepared)
        ResponseDecoder.decode(Opcode.RESULT, 0, body, body.length, features(version));
  }

  /** The rows of a RESULT body. */
  static RowSetImpl rows(byte[] body, int length, Features features, ColumnPlan plan) {
    RowsResult result =
        (RowsResult) ResponseDecoder.decode(Opcode.RESULT, 0, body, length, features);
    return RowSetImpl.of(
        plan, result.body(), result.firstCell(), result.end(), result.rowCount(), NO_INFO);
  }
}
