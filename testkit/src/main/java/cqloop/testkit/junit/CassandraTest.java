package cqloop.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the tests of a class against one real node, which all such classes of the test run share;
 * each class has a fresh keyspace.
 *
 * <p>Test, life-cycle methods and constructors may have parameters of type {@link
 * cqloop.testkit.CassandraNode}, {@link cqloop.testkit.CassandraCluster} and {@link
 * java.net.InetSocketAddress}, and a {@code String} annotated with {@link TestKeyspace}. The node
 * records requests and takes injections. Its log is printed when a test fails. On a machine that
 * cannot start a node, the class is skipped and the reason says what is missing.
 *
 * <p>The server line is 5.0 unless {@code -Dcqloop.test.server} names another one; in this project
 * {@code mvn -Pservers test -Dcqloop.test.server=4.1} runs all of them on 4.1.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(CassandraExtension.class)
public @interface CassandraTest {
  /**
   * The lines that the tests can run on, such as {@code "5.0"}: the class is skipped when the run
   * names another one, and runs on the first when the run names none.
   *
   * @return the lines; empty for all of them
   */
  String[] lines() default {};
}
