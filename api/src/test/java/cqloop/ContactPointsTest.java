package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPointsTest {

  @ParameterizedTest
  @CsvSource({
    "db, db, 9999",
    "db:1, db, 1",
    "10.0.0.1:65535, 10.0.0.1, 65535",
    "[::1], ::1, 9999",
    "[fe80::1%eth0]:7, fe80::1%eth0, 7",
    "2001:db8::1, 2001:db8::1, 9999",
    "my_node.internal, my_node.internal, 9999"
  })
  void readsContactPoints(String text, String host, int port) {
    CqlOptions options = new CqlOptions().setPort(9999).addContactPoint(text);

    assertThat(options.contactAddresses()).containsExactly(HostAndPort.create(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db:", ":9042", "db:0", "db:65536", "db:99999999999", "db:-1", "db:x", "[::1", "[::1]x",
        "[::1]:", "[db]:1", "http://db", "db/x", "a b", "u@db", "[]", "::g!", "[::1]:1:2"
      })
  void refusesOtherContactPoints(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CqlOptions().addContactPoint(text))
        .withMessageStartingWith("Contact point '" + text + "' cannot be read");
  }

  @Test
  void contactPointsMayBeOneTextWithCommas() {
    JsonObject json = new JsonObject().put("contactPoints", " db1 ,db2:1,, ");

    assertThat(new CqlOptions(json).getContactPoints()).containsExactly("db1", "db2:1");
    assertThat(new CqlOptions().setContactPoints(List.of("a,b", "c")).getContactPoints())
        .containsExactly("a", "b", "c");
  }
}
