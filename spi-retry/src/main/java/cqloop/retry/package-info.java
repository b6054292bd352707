/** When to send again, when to connect again, and when a write took place: policies by name. */
@NullMarked
package cqloop.retry;

import org.jspecify.annotations.NullMarked;
