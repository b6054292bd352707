/** The one class whose full name a node must announce to speak as DataStax Enterprise does. */
@NullMarked
package com.datastax.bdp.cassandra.auth;

import org.jspecify.annotations.NullMarked;
