/** What another jar may implement: policies, authenticators, codecs, compressors, listeners. */
@NullMarked
package cqloop.spi;

import org.jspecify.annotations.NullMarked;
