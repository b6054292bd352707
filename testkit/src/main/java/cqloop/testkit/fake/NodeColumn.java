package cqloop.testkit.fake;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Value. A column of the system tables that describe nodes.
 *
 * @param name its name
 * @param type its type
 * @param value what it says about a node
 */
record NodeColumn(String name, WireType type, Function<NodeInfo, @Nullable Object> value) {}
