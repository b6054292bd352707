package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.error.InvalidQuery;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a log shows of a failure of a real node. */
@CassandraTest
class CallerStackIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @Test
  void aPrintedFailureNamesTheFileAndLineOfTheRequest() {
    CqlOptions options = sessions.options();
    options.getRequest().setCallerStack(true);
    CqlSession session = sessions.connect(options);
    int here = new Throwable().getStackTrace()[0].getLineNumber();
    Future<?> asked = session.execute("SELECT v FROM no_such_table");
    StringWriter printed = new StringWriter();
    Awaits.failure(InvalidQuery.class, asked).printStackTrace(new PrintWriter(printed, true));
    assertThat(printed.toString())
        .startsWith("cqloop.error.InvalidQuery: ")
        .contains(
            "aPrintedFailureNamesTheFileAndLineOfTheRequest(CallerStackIT.java:" + (here + 1));
  }
}
