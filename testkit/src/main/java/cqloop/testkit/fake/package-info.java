/**
 * A scripted server: the CQL wire format written from the specification, and nodes that misbehave.
 */
@NullMarked
package cqloop.testkit.fake;

import org.jspecify.annotations.NullMarked;
