package cqloop.spi;

/** Value. How a policy sees a node; decides how many connections are opened to it. */
public enum NodeDistance {
  /** Used first; gets a pool of the local size. */
  LOCAL,
  /** Used when no local node is left; gets a pool of the remote size. */
  REMOTE,
  /** Never used; gets no connection. */
  IGNORED
}
