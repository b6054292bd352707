/** Proves to a node who is connecting: by password, by Kerberos, by certificate, or not at all. */
@NullMarked
package cqloop.auth;

import org.jspecify.annotations.NullMarked;
