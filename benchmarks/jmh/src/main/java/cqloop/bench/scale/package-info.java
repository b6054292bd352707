/** What a large cluster costs: a session on a thousand scripted nodes. */
@NullMarked
package cqloop.bench.scale;

import org.jspecify.annotations.NullMarked;
