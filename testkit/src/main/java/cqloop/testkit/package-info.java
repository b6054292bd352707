/**
 * Real Cassandra servers as child processes, on loopback addresses, from jars that Maven resolves.
 *
 * <p>{@link cqloop.testkit.CassandraCluster} finds the server's jars through a class-path file that
 * your build writes before the tests run. Add to the {@code pom.xml} of a module of its own, with
 * packaging {@code pom} (the server's jars must not meet yours), and let your test module depend on
 * it with {@code <type>pom</type>} and scope {@code test}, so that it is built first:
 *
 * <pre>{@code
 * <dependencies>
 *   <dependency>
 *     <groupId>org.apache.cassandra</groupId>
 *     <artifactId>cassandra-all</artifactId>
 *     <version>5.0.9</version>
 *     <scope>provided</scope>
 *   </dependency>
 * </dependencies>
 * <build><plugins><plugin>
 *   <artifactId>maven-dependency-plugin</artifactId>
 *   <version>3.9.0</version>
 *   <executions><execution>
 *     <phase>generate-resources</phase>
 *     <goals><goal>build-classpath</goal></goals>
 *     <configuration>
 *       <outputFile>${project.build.directory}/cassandra-5.0.classpath</outputFile>
 *     </configuration>
 *   </execution></executions>
 * </plugin></plugins></build>
 * }</pre>
 *
 * <p>Then tell the tests where the file is, in the test module's surefire configuration:
 *
 * <pre>{@code
 * <systemPropertyVariables>
 *   <cqloop.testkit.servers>${project.basedir}/../cassandra/target</cqloop.testkit.servers>
 * </systemPropertyVariables>
 * }</pre>
 *
 * <p>The property takes directories and files, separated like a class path. Without it, {@code
 * target} of the working directory is searched. The nodes run on a JDK 17, found in {@code
 * -Dcqloop.testkit.java17}, the variable {@code TESTKIT_JAVA17_HOME}, or the usual folders.
 */
@NullMarked
package cqloop.testkit;

import org.jspecify.annotations.NullMarked;
