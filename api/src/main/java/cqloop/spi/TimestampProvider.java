package cqloop.spi;

/** Provides timestamp generators. */
public interface TimestampProvider extends PolicyProvider<TimestampGenerator> {}
