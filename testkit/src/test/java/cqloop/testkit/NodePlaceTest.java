package cqloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePlaceTest {
  @Test
  void readsALayout() {
    assertThat(NodePlace.parse("dc1:r1, r2 ;dc2:r1"))
        .containsExactly(
            new NodePlace("dc1", "r1"), new NodePlace("dc1", "r2"), new NodePlace("dc2", "r1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dc1", ":r1", "dc1:", "dc1:r1,", "dc1:r1;"})
  void refusesWhatIsNoLayout(String layout) {
    assertThatThrownBy(() -> NodePlace.parse(layout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dc1:r1,r2,r1;dc2:r1");
  }

  @Test
  void spreadsTokensEvenlyAndUniquely() {
    List<NodePlace> places = NodePlace.parse("dc1:r1,r2,r1;dc2:r1,r1,r1");
    TokenLayout tokens = TokenLayout.of(places);

    assertThat(tokens.get(1)).isZero();
    assertThat(tokens.get(2) + tokens.get(0)).isBetween(-1L, 0L);
    assertThat(tokens.get(4) - tokens.get(1)).isEqualTo(100);
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      all.add(tokens.get(i));
    }
    all.add(tokens.next());
    all.add(tokens.next());
    assertThat(new HashSet<>(all)).hasSize(8);
    assertThat(Collections.max(all)).isLessThan(Long.MAX_VALUE);
  }

  @Test
  void putsAJoiningNodeOppositeASingleOne() {
    TokenLayout tokens = TokenLayout.of(NodePlace.parse("dc1:r1"));

    long distance = tokens.next() - tokens.get(0);

    assertThat(distance).isEqualTo(Long.MAX_VALUE);
  }
}
