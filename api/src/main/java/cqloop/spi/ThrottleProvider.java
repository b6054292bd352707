package cqloop.spi;

/** Provides throttles: one is made for each event loop of a session, whatever the profile. */
public interface ThrottleProvider extends PolicyProvider<Throttle> {}
