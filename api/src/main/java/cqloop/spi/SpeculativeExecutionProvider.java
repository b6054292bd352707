package cqloop.spi;

/** Provides speculative execution policies. */
public interface SpeculativeExecutionProvider extends PolicyProvider<SpeculativeExecutionPolicy> {}
