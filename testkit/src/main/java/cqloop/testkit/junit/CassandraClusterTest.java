package cqloop.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the tests of a class against a real cluster of its own, started before its first test and
 * closed after its last: they may stop, kill, pause and add nodes. The class carries the tag {@code
 * cluster}. Parameters, logs and skipping are those of {@link CassandraTest}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("cluster")
@ExtendWith(CassandraExtension.class)
public @interface CassandraClusterTest {
  /**
   * Data centres and racks, such as {@code "dc1:r1,r2,r1;dc2:r1"}.
   *
   * @return one rack name per node
   */
  String layout() default "dc1:r1";

  /**
   * The lines that the tests can run on, as in {@link CassandraTest#lines}.
   *
   * @return the lines; empty for all of them
   */
  String[] lines() default {};

  /**
   * Whether log-in and permissions are on.
   *
   * @return true for {@code PasswordAuthenticator} and {@code CassandraAuthorizer}
   */
  boolean passwordAuth() default false;

  /**
   * Whether the nodes record requests and take injections.
   *
   * @return false for plain nodes
   */
  boolean queryRecorder() default true;

  /**
   * Whether a node that is killed keeps all that it has acknowledged.
   *
   * @return false for nodes that lose a tenth of a second, and start faster
   */
  boolean crashSafe() default false;

  /**
   * Whether the nodes tell clients other addresses than their own, where a test starts fronts.
   *
   * @return false for nodes that are reached directly
   */
  boolean behindFronts() default false;

  /**
   * Settings of {@code cassandra.yaml}, each {@code "key: value"}.
   *
   * @return the settings
   */
  String[] yaml() default {};

  /**
   * Flags of the nodes' JVMs, after those of the kit, which they override: the kit leaves out what
   * makes the start and the end of a node slow, such as announcing the end to the other nodes.
   *
   * @return the flags
   */
  String[] jvmFlags() default {};
}
