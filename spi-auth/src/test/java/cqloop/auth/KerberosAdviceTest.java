package cqloop.auth;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.PolicyConfig;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.json.JsonObject;
import javax.security.auth.login.LoginException;
import javax.security.sasl.SaslException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of the JDK as they are, and what is said about them. */
class KerberosAdviceTest {

  private static final JsonObject KEYTAB =
      new JsonObject().put("principal", "app@TK.TEST").put("keytab", "/etc/app.keytab");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Clock skew too great (37) - PROCESS_TGS|synchronise them",
        "Server not found in Kerberos database (7)|no service 'dse' on '10.0.0.1'",
        "Client not found in Kerberos database (6)|no 'app@TK.TEST': check 'principal'",
        "Connection refused|The KDC cannot be reached",
        "Receive timed out|The KDC cannot be reached",
        "Cannot locate KDC|java.security.krb5.conf",
        "Cannot locate default realm|java.security.krb5.conf",
        "Checksum failed|export the keytab again",
        "Pre-authentication information was invalid (24)|export the keytab again",
        "Pre-authentication information was invalid (24)|clocks of this machine and the KDC differ",
        "Unable to obtain password from user|the keytab '/etc/app.keytab' can be read",
      })
  void saysWhatToDo(String text, String advice) {
    assertThat(explain(text, KEYTAB)).startsWith(text).contains(advice);
  }

  @Test
  void tellsTheOtherSourcesOfTickets() {
    String none = "Unable to obtain Principal Name for authentication";
    assertThat(explain(none, new JsonObject())).contains("holds no ticket, or an expired one");
    assertThat(explain(none, new JsonObject().put("ticketCache", "/tmp/cc"))).contains("'/tmp/cc'");
    JsonObject entry = new JsonObject().put("loginEntry", "Client");
    assertThat(explain(none, entry)).contains("'Client' gives no valid ticket");
    assertThat(explain("No LoginModules configured for Client", entry))
        .contains("has no entry 'Client': check 'loginEntry'");
  }

  @Test
  void addsNothingToWhatItDoesNotKnow() {
    Exception failure = new SaslException("odd", new IllegalStateException("the cause"));
    assertThat(KerberosAdvice.explain(failure, config(KEYTAB), "10.0.0.1"))
        .isEqualTo("odd: the cause");
  }

  private static String explain(String text, JsonObject config) {
    return KerberosAdvice.explain(new LoginException(text), config(config), "10.0.0.1");
  }

  private static KerberosConfig config(JsonObject json) {
    return KerberosConfig.read(
        PolicyConfig.of(
            TckContext.create(json), "principal", "keytab", "ticketCache", "loginEntry"));
  }
}
