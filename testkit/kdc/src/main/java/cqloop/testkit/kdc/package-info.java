/** A Kerberos key distribution centre on loopback, for tests. */
@NullMarked
package cqloop.testkit.kdc;

import org.jspecify.annotations.NullMarked;
