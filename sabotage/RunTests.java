import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes until one test fails; ends with status 1 then, with 2 when none was run. */
final class RunTests implements TestExecutionListener {

  private int passed;

  public static void main(String[] classNames) {
    RunTests listener = new RunTests();
    for (String name : classNames) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(name)).build();
      Launcher launcher = LauncherFactory.create();
      int before = listener.passed;
      launcher.execute(request, listener);
      if (listener.passed == before) {
        System.out.println("FAILED to find any test in " + name);
        Runtime.getRuntime().halt(2);
      }
    }
    System.out.println(listener.passed + " tests of " + Arrays.toString(classNames) + " passed");
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      System.out.println("FAILED " + nameOf(test));
      result.getThrowable().ifPresent(failure -> System.out.println(failure));
      Runtime.getRuntime().halt(1);
    }
    passed += test.isTest() ? 1 : 0;
  }

  private static String nameOf(TestIdentifier test) {
    Object source = test.getSource().orElse(null);
    if (source instanceof MethodSource method) {
      return simple(method.getClassName()) + "#" + method.getMethodName();
    }
    return source instanceof ClassSource type ? simple(type.getClassName()) : test.getDisplayName();
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
