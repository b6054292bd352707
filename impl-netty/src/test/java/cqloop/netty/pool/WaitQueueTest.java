package cqloop.netty.pool;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.error.CqlException;
import cqloop.netty.conn.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitQueueTest {

  @Test
  void servesFirstComeFirst() {
    WaitQueue queue = new WaitQueue(new WaitingRoom(10));
    List<Place> places = fill(queue, 3);
    assertThat(queue.poll()).isSameAs(places.get(0));
    assertThat(queue.poll()).isSameAs(places.get(1));
    assertThat(queue.poll()).isSameAs(places.get(2));
    assertThat(queue.poll()).isNull();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void sharesTheLimitOfTheRoom() {
    WaitingRoom room = new WaitingRoom(3);
    WaitQueue one = new WaitQueue(room);
    WaitQueue other = new WaitQueue(room);
    fill(one, 2);
    assertThat(other.add(new Place())).isTrue();
    Place refused = new Place();
    assertThat(other.add(refused)).isFalse();
    assertThat(refused.isWaiting()).isFalse();
    one.poll();
    assertThat(other.add(refused)).isTrue();
    assertThat(room.waiting()).isEqualTo(3);
  }

  @Test
  void aRoomOfNoneRefusesAll() {
    assertThat(new WaitQueue(new WaitingRoom(0)).add(new Place())).isFalse();
  }

  @Test
  void whoGivesUpLeavesTheRoomAtOnceAndIsPassedOver() {
    WaitingRoom room = new WaitingRoom(10);
    WaitQueue queue = new WaitQueue(room);
    List<Place> places = fill(queue, 3);
    queue.cancel(places.get(0));
    queue.cancel(places.get(0));
    assertThat(room.waiting()).isEqualTo(2);
    assertThat(queue.poll()).isSameAs(places.get(1));
    queue.cancel(places.get(2));
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.poll()).isNull();
    assertThat(room.waiting()).isZero();
  }

  @Test
  void whoComesBackIsServedOnce() {
    WaitingRoom room = new WaitingRoom(1000);
    WaitQueue queue = new WaitQueue(room);
    Place place = fill(queue, 1).get(0);
    queue.cancel(place);
    queue.add(place);
    assertThat(queue.poll()).isSameAs(place);
    assertThat(queue.poll()).isNull();
    assertThat(room.waiting()).isZero();
  }

  @Test
  void placesOfThoseWhoGaveUpAreSwept() {
    WaitingRoom room = new WaitingRoom(1000);
    WaitQueue queue = new WaitQueue(room);
    Place patient = new Place();
    queue.add(patient);
    for (int i = 0; i < 100_000; i++) {
      Place place = new Place();
      assertThat(queue.add(place)).isTrue();
      queue.cancel(place);
    }
    assertThat(queue.places()).isLessThan(200);
    assertThat(queue.poll()).isSameAs(patient);
  }

  private static List<Place> fill(WaitQueue queue, int count) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Place place = new Place();
      assertThat(queue.add(place)).isTrue();
      places.add(place);
    }
    return places;
  }

  private static final class Place implements Waiter {
    private boolean waiting;

    @Override
    public void onConnection(Connection connection) {
      throw new AssertionError("Nobody is served here");
    }

    @Override
    public void onNoConnection(CqlException reason) {
      throw new AssertionError("Nobody is told here");
    }

    @Override
    public boolean isWaiting() {
      return waiting;
    }

    @Override
    public void setWaiting(boolean newWaiting) {
      waiting = newWaiting;
    }
  }
}
