package cqloop.netty.message;

/** Value. RESULT, by kind. */
public sealed interface Result extends Response
    permits Prepared, RowsResult, SchemaChange, SetKeyspace, VoidResult {}
