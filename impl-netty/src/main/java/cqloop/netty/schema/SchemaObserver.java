package cqloop.netty.schema;

import cqloop.metadata.SchemaUpdate;
import java.util.List;

/** Home-loop-owned. Hears what changed in the schema. */
@FunctionalInterface
public interface SchemaObserver {

  /** A newer snapshot differs from the one before it. */
  void onUpdates(List<SchemaUpdate> updates);
}
