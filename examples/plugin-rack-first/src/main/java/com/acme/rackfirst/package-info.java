/** Sends requests to one rack first. */
@NullMarked
package com.acme.rackfirst;

import org.jspecify.annotations.NullMarked;
