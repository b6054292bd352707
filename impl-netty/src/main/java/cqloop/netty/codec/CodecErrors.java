package cqloop.netty.codec;

import cqloop.error.CodecFailed;
import cqloop.type.DataType;

/** Value. Names the column and the types of a value that a codec refused. */
public final class CodecErrors {

  private CodecErrors() {}

  /**
   * Returns the failure to throw for what a codec threw. Only messages that are known not to hold
   * the value are repeated; any other exception is kept as the cause.
   */
  public static CodecFailed of(
      String column, DataType cqlType, String javaType, RuntimeException thrown) {
    if (thrown instanceof BadValue bad) {
      return new CodecFailed(column, cqlType, javaType, bad.problem(), null);
    }
    if (thrown instanceof CodecFailed inner) {
      boolean sameTypes = inner.cqlType().equals(cqlType) && inner.javaType().equals(javaType);
      String problem = sameTypes ? inner.problem() : String.valueOf(inner.getMessage());
      return new CodecFailed(column, cqlType, javaType, problem, inner.getCause());
    }
    String problem = "its codec threw " + thrown.getClass().getName();
    return new CodecFailed(column, cqlType, javaType, problem, thrown);
  }
}
