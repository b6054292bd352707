package cqloop.testkit.fake;

import java.util.Arrays;
import java.util.function.Predicate;

/** Value. The ready conditions. */
public final class Conditions {
  private Conditions() {}

  /** Every request. */
  public static Condition any() {
    return request -> true;
  }

  /** Requests of one kind. */
  public static Condition opcode(Opcode opcode) {
    return request -> request.opcode() == opcode;
  }

  /** QUERY with exactly this text. */
  public static Condition query(String cql) {
    return opcode(Opcode.QUERY).and(cql(cql));
  }

  /** PREPARE with exactly this text. */
  public static Condition prepare(String cql) {
    return opcode(Opcode.PREPARE).and(cql(cql));
  }

  /** EXECUTE of the statement that this node prepared from exactly this text. */
  public static Condition execute(String cql) {
    return opcode(Opcode.EXECUTE).and(cql(cql));
  }

  /** EXECUTE of this id. */
  public static Condition executeId(byte... id) {
    return request -> Arrays.equals(id, request.preparedId());
  }

  /** QUERY or EXECUTE with exactly this text. */
  public static Condition runs(String cql) {
    return opcode(Opcode.PREPARE).not().and(cql(cql));
  }

  /** BATCH. */
  public static Condition batch() {
    return opcode(Opcode.BATCH);
  }

  /** QUERY, PREPARE or EXECUTE with exactly this text. */
  public static Condition cql(String cql) {
    return request -> cql.equals(request.cql());
  }

  /** QUERY, PREPARE or EXECUTE whose text starts like this, whatever the case. */
  public static Condition cqlPrefix(String prefix) {
    return request -> {
      String cql = request.cql();
      return cql != null && cql.regionMatches(true, 0, prefix, 0, prefix.length());
    };
  }

  /** QUERY, PREPARE or EXECUTE whose text contains this. */
  public static Condition cqlContains(String part) {
    return request -> {
      String cql = request.cql();
      return cql != null && cql.contains(part);
    };
  }

  /** The n-th connection that the node accepted, counted from 1. */
  public static Condition connection(int number) {
    return request -> request.origin().connection() == number;
  }

  /** The n-th request of its connection, counted from 1. */
  public static Condition requestOfConnection(int number) {
    return request -> request.origin().onConnection() == number;
  }

  /** The n-th request of the node, counted from 1. */
  public static Condition requestOfNode(long number) {
    return request -> request.origin().onNode() == number;
  }

  /** One protocol version. */
  public static Condition version(WireVersion version) {
    return request -> request.version() == version;
  }

  /** Whatever a predicate says about the decoded request. */
  public static Condition where(Predicate<Request> predicate) {
    return predicate::test;
  }
}
