/** The functional suite: sessions against real nodes of every line, and against a scripted one. */
package cqloop.netty.it;
