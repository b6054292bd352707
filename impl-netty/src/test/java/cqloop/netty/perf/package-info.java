/** Guards of the hot paths by figures that need no quiet machine: bytes, tasks, system calls. */
package cqloop.netty.perf;
