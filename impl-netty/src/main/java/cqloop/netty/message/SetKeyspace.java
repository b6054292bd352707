package cqloop.netty.message;

/** Value. RESULT of USE; the keyspace as the server stores it. */
public record SetKeyspace(ResponsePrefix prefix, String keyspace) implements Result {}
