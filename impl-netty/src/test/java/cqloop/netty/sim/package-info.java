/**
 * A simulated world: event loops in virtual time, a network and servers whose every delay, split,
 * cut and silence is decided by a seed.
 */
package cqloop.netty.sim;
