/** Secure connection bundles: what they hold, and the service that tells where the nodes are. */
@NullMarked
package cqloop.netty.cloud;

import org.jspecify.annotations.NullMarked;
