/** Immutable snapshots of the cluster and its schema. */
@NullMarked
package cqloop.metadata;

import org.jspecify.annotations.NullMarked;
