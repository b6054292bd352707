package cqloop.spi;

/**
 * Implemented by the driver itself and by nobody else; found by {@link java.util.ServiceLoader}.
 */
public interface Driver {}
