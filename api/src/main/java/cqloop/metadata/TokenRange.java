package cqloop.metadata;

/**
 * Value. A part of the ring: beyond {@code start}, up to and including {@code end}. It wraps around
 * where the start is not before the end; equal ends mean the whole ring.
 */
public record TokenRange(Token start, Token end) {

  /** Tells whether the token is in this part. */
  public boolean contains(Token token) {
    boolean beyondStart = token.compareTo(start) > 0;
    boolean upToEnd = token.compareTo(end) <= 0;
    return start.compareTo(end) < 0 ? beyondStart && upToEnd : beyondStart || upToEnd;
  }
}
