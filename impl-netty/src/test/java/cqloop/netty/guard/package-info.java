/** Fails the test that blocks an event loop or loses a buffer. */
package cqloop.netty.guard;
