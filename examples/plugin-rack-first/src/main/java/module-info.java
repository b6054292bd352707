/** A load balancing policy in a jar of its own. */
module com.acme.rackfirst {
  requires cqloop.api;
  requires static io.vertx.codegen.api;

  provides cqloop.spi.LoadBalancingProvider with
      com.acme.rackfirst.RackFirstProvider;
}
