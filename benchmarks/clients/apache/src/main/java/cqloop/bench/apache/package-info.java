/** The Apache Java driver 4.x, and its ScyllaDB fork, under the common load loop. */
@NullMarked
package cqloop.bench.apache;

import org.jspecify.annotations.NullMarked;
