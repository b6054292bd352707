/**
 * Starts the processes of a run, interleaves the clients, and writes tables, JSON lines and plots.
 */
@NullMarked
package cqloop.bench.run;

import org.jspecify.annotations.NullMarked;
