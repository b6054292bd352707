package cqloop.netty.it;

import cqloop.netty.cloud.Bundles;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A database service in front of a real cluster: its metadata service, and its proxy, which ends
 * TLS and leads to the node whose id the client has named (SNI). Both ask for certificates.
 */
final class CloudFront implements AutoCloseable {

  final TestCertificates authority = TestCertificates.create();
  final TestIdentity client = authority.issue(CertificateRequest.client("cloud client"));
  final Map<UUID, CassandraNode> nodes = new LinkedHashMap<>();

  /** The server name of each connection that the proxy has taken, in order. */
  final List<String> serverNames = new CopyOnWriteArrayList<>();

  /** Whose certificate each of them was shown. */
  final Set<String> clientNames = ConcurrentHashMap.newKeySet();

  /** What the metadata service does. */
  volatile Handler<HttpServerRequest> service = request -> request.response().end(metadata());

  private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final NetClient toNodes = vertx.createNetClient();
  private final HttpServer http;
  private final NetServer proxy;
  private final PemTrustOptions trust;

  CloudFront(CassandraCluster cluster) {
    for (int i = 0; i < cluster.nodes().size(); i++) {
      CassandraNode node = cluster.node(i);
      ByteBuffer id =
          ByteBuffer.wrap(node.execute("SELECT host_id FROM system.local").get(0).get(0));
      nodes.put(new UUID(id.getLong(), id.getLong()), node);
    }
    trust = new PemTrustOptions().addCertValue(Buffer.buffer(authority.authorityPem()));
    TestIdentity server = authority.issue(CertificateRequest.server("localhost"));
    http = service(server);
    proxy = proxy(server);
  }

  /** Starts one more metadata service, which shows this certificate. */
  HttpServer service(TestIdentity server) {
    HttpServerOptions options = new HttpServerOptions().setSsl(true).setHost("127.0.0.1");
    options.setKeyCertOptions(key(server)).setTrustOptions(trust);
    return Awaits.get(
        vertx
            .createHttpServer(options.setClientAuth(ClientAuth.REQUIRED).setPort(0))
            .requestHandler(request -> service.handle(request))
            .listen());
  }

  /** Starts one more proxy, which shows this certificate. */
  NetServer proxy(TestIdentity server) {
    NetServerOptions options = new NetServerOptions().setSsl(true).setSni(true);
    options.setKeyCertOptions(key(server)).setTrustOptions(trust);
    return Awaits.get(
        vertx
            .createNetServer(options.setClientAuth(ClientAuth.REQUIRED).setHost("127.0.0.1"))
            .connectHandler(this::forward)
            .listen(0));
  }

  private static PemKeyCertOptions key(TestIdentity server) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(server.certificatePem()))
        .addKeyValue(Buffer.buffer(server.keyPem()));
  }

  Bundles bundle() {
    return bundle(client);
  }

  Bundles bundle(TestIdentity identity) {
    return bundle(identity, http.actualPort());
  }

  Bundles bundle(TestIdentity identity, int port) {
    return Bundles.of(authority, identity, "localhost", port);
  }

  int servicePort() {
    return http.actualPort();
  }

  int proxyPort() {
    return proxy.actualPort();
  }

  String metadata() {
    return metadata(proxy.actualPort());
  }

  String metadata(int proxyPort) {
    JsonArray ids = new JsonArray();
    nodes.keySet().forEach(id -> ids.add(id.toString()));
    return new JsonObject()
        .put("version", 1)
        .put(
            "contact_info",
            new JsonObject()
                .put("type", "sni_proxy")
                .put("local_dc", "dc1")
                .put("sni_proxy_address", "localhost:" + proxyPort)
                .put("contact_points", ids))
        .encode();
  }

  /** Ends every connection that goes through the proxy. */
  void hangUp() {
    sockets.forEach(NetSocket::close);
    sockets.clear();
  }

  private void forward(NetSocket socket) {
    String name = socket.indicatedServerName();
    serverNames.add(name);
    try {
      clientNames.add(socket.sslSession().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException e) {
      throw new AssertionError("the proxy asks for certificates", e);
    }
    CassandraNode node = nodes.get(UUID.fromString(name));
    sockets.add(socket);
    socket.pause();
    toNodes
        .connect(node.port(), node.host())
        .onSuccess(
            behind -> {
              behind.pipeTo(socket);
              socket.pipeTo(behind);
              socket.resume();
            })
        .onFailure(down -> socket.close());
  }

  @Override
  public void close() {
    Awaits.get(vertx.close());
  }
}
