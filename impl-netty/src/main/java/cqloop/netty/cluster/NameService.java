package cqloop.netty.cluster;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Home-loop-owned. Looks up names of hosts; what it gives completes on the home loop. */
public interface NameService {

  /**
   * Returns every address of a name, at least one. Fails with {@link
   * cqloop.error.HostResolutionFailed} when there is none or the limit is over.
   */
  Future<List<InetAddress>> addressesOf(String host);

  /** Returns the name of an address; fails when there is none or the limit is over. */
  Future<String> nameOf(InetAddress address);

  /**
   * Ends the look-ups under way, which fail, and gives back what it holds; nothing is asked of it
   * any more.
   */
  Future<Void> close();
}
