package cqloop.auth;

import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.testkit.tck.AuthenticatorTck;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every authenticator of this module keeps to what the testkit asks. */
class AuthTcksTest {

  private static final String PASSWORD = "c4nary-pa55word";

  @Nested
  class Plain extends Tck {
    Plain() {
      super(new PlainAuthenticatorProvider(), withPassword());
    }
  }

  @Nested
  class DsePlain extends Tck {
    DsePlain() {
      super(new DsePlainAuthenticatorProvider(), withPassword());
    }

    @Override
    protected String serverClass() {
      return ServerClasses.DSE;
    }

    @Override
    protected Buffer challenge() {
      return Buffer.buffer("PLAIN-START");
    }
  }

  @Nested
  class PlainForKnownServersOnly extends Tck {
    PlainForKnownServersOnly() {
      super(
          new PlainAuthenticatorProvider(),
          withPassword().put("serverAuthenticators", "com.example.Other"));
    }

    @Override
    protected boolean answers() {
      return false;
    }
  }

  @Nested
  class None extends Tck {
    None() {
      super(new NoAuthenticatorProvider(), new JsonObject());
    }

    @Override
    protected boolean answers() {
      return false;
    }
  }

  @Nested
  class External extends Tck {
    External() {
      super(new ExternalAuthenticatorProvider(), new JsonObject().put("authorizationId", "x"));
    }
  }

  private static JsonObject withPassword() {
    return new JsonObject().put("username", "app").put("password", PASSWORD);
  }

  /** What the cases have in common. */
  abstract static class Tck extends AuthenticatorTck {
    private final AuthenticatorProvider provider;
    private final JsonObject config;

    Tck(AuthenticatorProvider provider, JsonObject config) {
      this.provider = provider;
      this.config = config;
    }

    @Override
    protected Authenticator authenticator(Vertx sessionVertx) {
      return provider.create(TckContext.create(config).withVertx(sessionVertx));
    }

    @Override
    protected String serverClass() {
      return "org.apache.cassandra.auth.PasswordAuthenticator";
    }

    @Override
    protected List<String> secrets() {
      return List.of(PASSWORD);
    }
  }
}
