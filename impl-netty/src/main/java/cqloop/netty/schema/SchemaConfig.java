package cqloop.netty.schema;

import cqloop.netty.loop.Interval;

/**
 * Value. How the schema is followed.
 *
 * @param filter which keyspaces
 * @param debounceNanos changes are read so long after the first of them was announced
 * @param check how often the version of the schema is asked for without any event
 */
public record SchemaConfig(KeyspaceFilter filter, long debounceNanos, Interval check) {}
