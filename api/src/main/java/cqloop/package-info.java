/** What an application uses: session, statements, rows, streams and their options. */
@ModuleGen(name = "cqloop", groupPackage = "cqloop")
@NullMarked
package cqloop;

import io.vertx.codegen.annotations.ModuleGen;
import org.jspecify.annotations.NullMarked;
