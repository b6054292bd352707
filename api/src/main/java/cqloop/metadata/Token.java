package cqloop.metadata;

/**
 * Value. A place on the ring of a cluster. Tokens of one partitioner can be compared with each
 * other, and with no others.
 */
public sealed interface Token extends Comparable<Token>
    permits Murmur3Token, RandomToken, ByteOrderedToken {}
