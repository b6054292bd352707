/** Who is in the cluster, and who owns a token. */
@NullMarked
package cqloop.netty.cluster;

import org.jspecify.annotations.NullMarked;
