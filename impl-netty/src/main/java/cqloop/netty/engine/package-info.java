/** What one event loop owns: its pools, its policies, its view of the cluster. */
@NullMarked
package cqloop.netty.engine;

import org.jspecify.annotations.NullMarked;
