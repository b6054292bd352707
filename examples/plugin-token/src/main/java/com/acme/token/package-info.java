/** Logs in by a token that something else keeps fresh in a file. */
@NullMarked
package com.acme.token;

import org.jspecify.annotations.NullMarked;
