/** cqloop under the common load loop. */
@NullMarked
package cqloop.bench.cqloop;

import org.jspecify.annotations.NullMarked;
