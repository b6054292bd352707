package cqloop.testkit.fake;

/** Published: written by the loop of the proxy, read by any thread. One direction's state. */
final class ProxyCounter {
  private volatile ProxyFaults faults = ProxyFaults.NONE;
  private volatile long forwardedBytes;
  private volatile long swallowedBytes;

  ProxyFaults faults() {
    return faults;
  }

  void setFaults(ProxyFaults newFaults) {
    faults = newFaults;
  }

  long forwardedBytes() {
    return forwardedBytes;
  }

  long swallowedBytes() {
    return swallowedBytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer: the loop of the proxy.
  void forwarded(int bytes) {
    forwardedBytes += bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer: the loop of the proxy.
  void swallowed(int bytes) {
    swallowedBytes += bytes;
  }
}
