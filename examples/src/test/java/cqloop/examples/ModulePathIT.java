package cqloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.rackfirst.RackFirstProvider;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@CassandraTest
class ModulePathIT {

  /** The application asks for the sample plug-in by its name in JSON: no module requires it. */
  @Test
  void findsDriverAndPoliciesAsModules(CassandraCluster cluster, @TempDir Path classes)
      throws Exception {
    String modulePath = ChildJvm.modulePath();
    Path plugin =
        Path.of(
            RackFirstProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path sources = Path.of("src", "test", "modules", "shop");
    StringWriter errors = new StringWriter();
    int compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(errors),
                new PrintWriter(errors),
                "-nowarn",
                "-d",
                classes.toString(),
                "--module-path",
                modulePath,
                sources.resolve("module-info.java").toString(),
                sources.resolve("shop").resolve("Main.java").toString());
    assertThat(compiled).as("javac: %s", errors).isZero();

    ChildJvm run =
        ChildJvm.run(
            String.join(File.pathSeparator, classes.toString(), modulePath, plugin.toString()),
            "shop/shop.Main",
            cluster.contactPoints());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output().lines())
        .contains(
            "module cqloop.api",
            "module cqloop.netty",
            "module cqloop.loadbalancing",
            "module cqloop.auth",
            "module cqloop.retry",
            "module com.acme.rackfirst",
            "session in module cqloop.netty")
        .anyMatch(line -> line.startsWith("version " + cluster.line().version() + "."))
        .anyMatch(line -> line.startsWith("options CqlOptions{"))
        .doesNotContain("module cqloop.testkit");
  }

  @Test
  void exportsNothingOfTheDriver() throws Exception {
    String described = describe("cqloop.netty");

    assertThat(described)
        .contains("provides cqloop.spi.Driver with cqloop.netty.NettyDriver")
        .doesNotContain("exports");
  }

  private static String describe(String module) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--module-path",
            ChildJvm.modulePath(),
            "--describe-module",
            module);
    Process process = java.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
