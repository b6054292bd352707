package cqloop.netty.engine;

import cqloop.DerivedProfile;
import cqloop.spi.Throttle;
import io.netty.channel.EventLoop;
import java.util.List;

/** Any thread. Creates the policies of a loop. */
public interface PolicySource {

  /** Returns the policies of every profile, by index of the profile; called on the loop. */
  List<LoopProfile> create(EventLoop loop);

  /**
   * Returns a profile with what a statement changes of it. Policies that it does not change are
   * those of the profile; called on the loop.
   *
   * @throws IllegalArgumentException when it names a policy that does not exist, or that refuses
   *     its configuration
   */
  LoopProfile derive(LoopProfile base, DerivedProfile own, EventLoop loop);

  /** Returns what holds the requests of the loop back; called on the loop. */
  default Throttle throttle(EventLoop loop) {
    return Throttle.NONE;
  }
}
