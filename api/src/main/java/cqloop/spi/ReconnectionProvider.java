package cqloop.spi;

/** Provides reconnection policies. */
public interface ReconnectionProvider extends PolicyProvider<ReconnectionPolicy> {}
