package cqloop.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Value. Where a node of a cluster stands.
 *
 * @param datacenter its data centre
 * @param rack its rack
 */
public record NodePlace(String datacenter, String rack) {
  /**
   * Reads a layout such as {@code "dc1:r1,r2,r1;dc2:r1"}: one node per rack name.
   *
   * @param layout data centres separated by semicolons, each a name, a colon, and the rack of each
   *     of its nodes
   * @return the nodes in order
   * @throws IllegalArgumentException when the text has another form
   */
  public static List<NodePlace> parse(String layout) {
    List<NodePlace> places = new ArrayList<>();
    for (String part : layout.split(";", -1)) {
      int colon = part.indexOf(':');
      if (colon < 1) {
        throw malformed(layout);
      }
      String datacenter = part.substring(0, colon).strip();
      for (String rack : part.substring(colon + 1).split(",", -1)) {
        if (rack.isBlank()) {
          throw malformed(layout);
        }
        places.add(new NodePlace(datacenter, rack.strip()));
      }
    }
    return places;
  }

  private static IllegalArgumentException malformed(String layout) {
    return new IllegalArgumentException(
        "The layout '" + layout + "' is not of the form dc1:r1,r2,r1;dc2:r1.");
  }
}
