/** Pages of rows: one heap array each, read in place. */
@NullMarked
package cqloop.netty.row;

import org.jspecify.annotations.NullMarked;
