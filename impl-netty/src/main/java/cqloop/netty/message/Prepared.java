package cqloop.netty.message;

import cqloop.Columns;
import org.jspecify.annotations.Nullable;

/**
 * Value. RESULT of PREPARE.
 *
 * @param id names the statement in EXECUTE
 * @param resultMetadataId id of the result columns, null where the connection has no such ids
 * @param variables the columns to bind
 * @param partitionKey positions among the variables that make the partition key, in its order;
 *     empty when the server does not know or the version is v3
 * @param conditional whether ScyllaDB marked the statement as a lightweight transaction
 * @param resultColumns empty when the server leaves them open
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Prepared(
    ResponsePrefix prefix,
    byte[] id,
    byte @Nullable [] resultMetadataId,
    Columns variables,
    int[] partitionKey,
    boolean conditional,
    Columns resultColumns)
    implements Result {}
