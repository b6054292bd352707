/** What a session has done and does now, in figures. */
@NullMarked
package cqloop.metrics;

import org.jspecify.annotations.NullMarked;
