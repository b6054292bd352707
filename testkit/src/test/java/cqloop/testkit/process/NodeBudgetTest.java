package cqloop.testkit.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NodeBudgetTest {
  @Test
  void refusesMoreNodesThanTheMachineShallRun() {
    NodeBudget.take(1);
    try {
      assertThatThrownBy(() -> NodeBudget.take(Integer.MAX_VALUE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("budget")
          .hasMessageContaining(NodeBudget.PROPERTY);
    } finally {
      NodeBudget.give(1);
    }
  }
}
