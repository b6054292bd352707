package cqloop.netty.engine;

import io.netty.channel.EventLoop;
import java.util.List;

/** Any thread. Creates the policies of a loop. */
@FunctionalInterface
public interface PolicySource {

  /** Returns the policies of every profile, by index of the profile; called on the loop. */
  List<LoopProfile> create(EventLoop loop);
}
