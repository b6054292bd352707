package cqloop.netty.engine;

import cqloop.spi.Throttle;
import io.netty.channel.EventLoop;
import java.util.List;

/** Any thread. Creates the policies of a loop. */
@FunctionalInterface
public interface PolicySource {

  /** Returns the policies of every profile, by index of the profile; called on the loop. */
  List<LoopProfile> create(EventLoop loop);

  /** Returns what holds the requests of the loop back; called on the loop. */
  default Throttle throttle(EventLoop loop) {
    return Throttle.NONE;
  }
}
