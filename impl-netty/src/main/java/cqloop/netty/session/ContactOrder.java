package cqloop.netty.session;

import cqloop.CqlOptions;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** Value. The order in which contact points are tried. */
final class ContactOrder {

  private ContactOrder() {}

  /** Returns each distinct contact point once, shuffled where the options say so. */
  static List<HostAndPort> of(CqlOptions options, RandomGenerator random) {
    List<HostAndPort> points = new ArrayList<>(new LinkedHashSet<>(options.contactAddresses()));
    if (options.getConnection().isRandomizeContactPoints()) {
      for (int i = points.size() - 1; i > 0; i--) {
        Collections.swap(points, i, random.nextInt(i + 1));
      }
    }
    return points;
  }
}
