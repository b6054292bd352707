package cqloop.netty.message;

import org.jspecify.annotations.Nullable;

/** Value. EXECUTE of just these parts. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PlainExecute(
    PreparedId prepared,
    QueryParameters parameters,
    byte @Nullable [] values,
    long timestamp,
    Envelope envelope)
    implements Execute {}
