package cqloop.netty.message;

/** Value. READY: the connection may be used. */
public record Ready(ResponsePrefix prefix) implements Response {}
