/** What is in the keyspaces: read from the tables of the server, kept as one snapshot. */
@NullMarked
package cqloop.netty.schema;

import org.jspecify.annotations.NullMarked;
