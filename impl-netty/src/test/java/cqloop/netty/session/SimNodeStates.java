package cqloop.netty.session;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.SharedState;

/** Home-loop-owned. Gives simulations the states of nodes as sessions have them. */
public final class SimNodeStates {

  private final NodeStates states;

  /**
   * @param publish called on the home loop after the shared state has changed
   */
  public SimNodeStates(LoopEngine home, SharedState shared, Runnable publish) {
    states = new NodeStates(home, shared, publish);
  }

  public void onCluster(Topology topology) {
    states.onCluster(topology);
  }

  public void onUp(LoopEngine engine, Node node) {
    states.onUp(engine, node);
  }

  public void onDown(LoopEngine engine, Node node) {
    states.onDown(engine, node);
  }

  public void close() {
    states.close();
  }
}
