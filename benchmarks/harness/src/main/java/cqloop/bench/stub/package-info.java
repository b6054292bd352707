/** A CQL server of pre-encoded answers, far cheaper per request than any client. */
@NullMarked
package cqloop.bench.stub;

import org.jspecify.annotations.NullMarked;
