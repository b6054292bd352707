/** Load balancing policies and address translators. */
module cqloop.loadbalancing {
  requires transitive cqloop.api;
  requires io.vertx.core.logging;
  requires static io.vertx.codegen.api;

  exports cqloop.loadbalancing;

  provides cqloop.spi.LoadBalancingProvider with
      cqloop.loadbalancing.AllowDatacentersProvider,
      cqloop.loadbalancing.AllowHostsProvider,
      cqloop.loadbalancing.DatacenterAwareProvider,
      cqloop.loadbalancing.DefaultProvider,
      cqloop.loadbalancing.DenyDatacentersProvider,
      cqloop.loadbalancing.DenyHostsProvider,
      cqloop.loadbalancing.LatencyAwareProvider,
      cqloop.loadbalancing.RackAwareProvider,
      cqloop.loadbalancing.RoundRobinProvider,
      cqloop.loadbalancing.SingleNodeProvider,
      cqloop.loadbalancing.TokenAwareProvider;
  provides cqloop.spi.AddressTranslatorProvider with
      cqloop.loadbalancing.FixedMapTranslatorProvider,
      cqloop.loadbalancing.IdentityTranslatorProvider,
      cqloop.loadbalancing.SubnetTranslatorProvider;
}
