package cqloop.auth;

import cqloop.spi.AuthenticatorProvider;
import cqloop.testkit.tck.ServicesTck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

class AuthServicesTest extends ServicesTck {

  @Override
  protected Class<?> inTheJar() {
    return PlainAuthenticatorProvider.class;
  }

  @Override
  protected Map<Class<?>, Set<String>> policies() {
    return Map.of(
        AuthenticatorProvider.class, Set.of("dse-plain", "external", "gssapi", "none", "plain"));
  }

  @Override
  protected Path documentation() {
    return Path.of("..", "docs", "policies.md");
  }
}
