package cqloop.netty.guard;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Found by JUnit for every test class of this module. A blocking call on an event loop fails the
 * test that runs; a buffer that nobody released fails the class, or one of those after it.
 */
public final class LoopGuard implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Violations.watch();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    failOn(Violations.drain());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    // Fuzz targets and pure logic make garbage only; a collection costs more than they do.
    if (context.getRequiredTestClass().getSimpleName().endsWith("IT")) {
      Violations.findLostBuffers();
    }
    failOn(Violations.drain());
  }

  static void failOn(List<Throwable> violations) {
    if (violations.isEmpty()) {
      return;
    }
    AssertionError failure =
        new AssertionError(
            violations.size() + " violations on event loops, the first: " + violations.get(0));
    violations.forEach(failure::addSuppressed);
    throw failure;
  }
}
