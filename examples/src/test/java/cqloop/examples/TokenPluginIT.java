package cqloop.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.Row;
import cqloop.error.AuthenticationFailed;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The authenticator of {@code plugin-token}, which nothing but a name in JSON leads to, logs in to
 * a real node; a role's token is its password there.
 */
@CassandraTest
@Tag("cluster")
class TokenPluginIT {

  @TempDir private Path folder;
  private static Vertx vertx;
  private static CassandraCluster cluster;

  @BeforeAll
  static void open(CassandraCluster shared) {
    vertx = Vertx.vertx();
    cluster =
        CassandraCluster.builder()
            .line(shared.line())
            .passwordAuth()
            // A password may be changed every five seconds only, unless told.
            .jvmFlags("-Dcassandra.role_password_update_min_interval_in_ms=0")
            .start();
  }

  @AfterAll
  static void close() throws Exception {
    cluster.close();
    await(vertx.close());
  }

  @Test
  void logsInWithTheTokenOfTheMoment() throws Exception {
    cluster.node(0).execute("CREATE ROLE app WITH PASSWORD = 't0ken-0f-today' AND LOGIN = true");
    Path file = Files.writeString(folder.resolve("token"), "t0ken-0f-today\n");
    assertThat(rolesOf(file)).containsExactly("app");

    cluster.node(0).execute("ALTER ROLE app WITH PASSWORD = 't0ken-0f-tomorrow'");
    assertThatThrownBy(() -> rolesOf(file))
        .hasCauseInstanceOf(AuthenticationFailed.class)
        .hasMessageNotContaining("t0ken");
    Files.writeString(file, "t0ken-0f-tomorrow\n");
    assertThat(rolesOf(file)).containsExactly("app");
  }

  @Test
  void saysWhichFileItCannotRead() {
    assertThatThrownBy(() -> rolesOf(folder.resolve("none")))
        .hasCauseInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining(folder.resolve("none").toString());
  }

  private static List<String> rolesOf(Path tokenFile) throws Exception {
    JsonObject auth =
        new JsonObject()
            .put("name", "token-file")
            .put(
                "config",
                new JsonObject().put("username", "app").put("file", tokenFile.toString()));
    CqlOptions options =
        new CqlOptions(new JsonObject().put("auth", auth))
            .addContactPoint(cluster.contactPoints().get(0))
            .setLocalDatacenter(cluster.node(0).datacenter());
    CqlSession session = await(CqlSession.connect(vertx, options));
    List<String> roles = new ArrayList<>();
    for (Row row : await(session.execute("LIST ROLES"))) {
      roles.add(row.getString("role"));
    }
    await(session.close());
    return roles;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
