/** Servers and networks that break every rule, against whole sessions. */
package cqloop.netty.fault;
