/** What an application uses: session, statements, rows, streams and their options. */
@NullMarked
package cqloop;

import org.jspecify.annotations.NullMarked;
