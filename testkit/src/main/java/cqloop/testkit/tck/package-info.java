/** Checks that the author of a plug-in runs on his own policy: extend one, give it the policy. */
@NullMarked
package cqloop.testkit.tck;

import org.jspecify.annotations.NullMarked;
