package cqloop.netty.schema;

/**
 * Value. How the schema is followed.
 *
 * @param filter which keyspaces
 * @param debounceNanos changes are read so long after the first of them was announced
 * @param checkNanos how often the version of the schema is asked for without any event, 0 for never
 */
public record SchemaConfig(KeyspaceFilter filter, long debounceNanos, long checkNanos) {}
