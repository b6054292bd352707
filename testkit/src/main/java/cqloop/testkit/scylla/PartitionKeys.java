package cqloop.testkit.scylla;

import cqloop.testkit.fake.WireValue;
import cqloop.testkit.fake.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. Puts the partition key of an execution together, as servers serialise it. */
final class PartitionKeys {
  private PartitionKeys() {}

  /** The key, or null when the values do not hold all of it. */
  static byte @Nullable [] of(KnownStatement statement, List<WireValue> values) {
    List<Integer> positions = statement.partitionKey();
    if (positions.size() == 1) {
      return component(values, positions.get(0));
    }
    WireWriter out = new WireWriter();
    for (int position : positions) {
      byte[] component = component(values, position);
      if (component == null || component.length > 0xFFFF) {
        return null;
      }
      // Cassandra's CompositeType: length, bytes, and a zero that ends the component.
      out.writeShortBytes(component).writeByte(0);
    }
    return positions.isEmpty() ? null : out.toBytes();
  }

  private static byte @Nullable [] component(List<WireValue> values, int position) {
    return position < values.size() ? values.get(position).bytes() : null;
  }
}
