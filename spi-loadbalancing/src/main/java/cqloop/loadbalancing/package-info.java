/** Which node serves a request, which nodes get connections, and at which address they are. */
@NullMarked
package cqloop.loadbalancing;

import org.jspecify.annotations.NullMarked;
