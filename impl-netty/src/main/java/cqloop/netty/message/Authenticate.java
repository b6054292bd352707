package cqloop.netty.message;

/** Value. AUTHENTICATE: the server wants credentials; names its authenticator's class. */
public record Authenticate(ResponsePrefix prefix, String authenticator) implements Response {}
