package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.Node;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** The process of {@link Ipv6Test}: other tests run in one that knows IPv4 only. */
final class Ipv6Run {

  static final String NONE = "loopback has no IPv6 here";

  private Ipv6Run() {}

  public static void main(String[] arguments) {
    if (!hasIpv6()) {
      System.out.println(NONE);
      return;
    }
    try (Fakes fakes = new Fakes();
        DnsServer dns = new DnsServer()) {
      FakeNode node = fakes.start(new FakeNodeOptions().setHost("::1"));
      dns.setAddresses("both.test", "127.0.0.8", "::1");
      dns.setAddresses("six.test", "::1");
      Vertx vertx = Vertx.vertx(dns.vertxOptions());
      String endpoint = "[::1]:" + node.port();
      connect(vertx, endpoint, endpoint);
      connect(vertx, "both.test:" + node.port(), "both.test (" + endpoint + ")");
      connect(vertx, "six.test:" + node.port(), "six.test (" + endpoint + ")");
      Fakes.awaitNoConnections(node);
      Awaits.get(vertx.close());
    }
  }

  private static void connect(Vertx vertx, String contactPoint, String label) {
    CqlOptions options = Fakes.options().addContactPoint(contactPoint);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.get(session.execute("SELECT v FROM t"));
    System.out.println(
        session.topology().nodes().stream().map(Node::label).toList().equals(List.of(label))
            ? "served by " + label
            : "expected " + label + ", not " + session.topology().nodes());
    Awaits.get(session.close());
  }

  private static boolean hasIpv6() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return probe.isBound();
    } catch (IOException none) {
      return false;
    }
  }
}
