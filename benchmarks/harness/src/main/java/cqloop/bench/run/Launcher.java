package cqloop.bench.run;

import cqloop.bench.load.ClientMain;
import cqloop.bench.stub.StubMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the child JVMs of a run, each with its own class path and, where taskset exists, its own
 * core.
 */
final class Launcher {
  // The same for every client. One collector thread: a second one would only compete for the core.
  private static final List<String> JVM =
      List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto");
  private static final List<String> STUB_JVM =
      List.of("-Dio.netty.buffer.checkBounds=false", "-Dio.netty.buffer.checkAccessible=false");

  private final Path benchmarks;
  private final Path out;
  private final List<String> extra;
  private final boolean pinned;

  /**
   * {@code benchmarks} is the folder of the Maven modules, {@code extra} more flags for client
   * JVMs.
   */
  Launcher(Path benchmarks, Path out, List<String> extra) {
    this.benchmarks = benchmarks;
    this.out = out;
    this.extra = extra;
    pinned = Runtime.getRuntime().availableProcessors() > 1 && hasTaskset();
  }

  /** Whether clients and server have a core each. */
  boolean pinned() {
    return pinned;
  }

  /** Whether the client's class path has been made. */
  boolean isBuilt(ClientKind kind) {
    return Files.exists(classPathFile(kind.module));
  }

  /** Starts the stub server on the first core. */
  JvmProcess stub(Path keyStore) throws IOException {
    List<String> command = java(0, classPath("harness"));
    command.addAll(1 + command.indexOf("java"), STUB_JVM);
    command.add(StubMain.class.getName());
    command.add(keyStore.toString());
    return new JvmProcess("stub", command, "ready ", out.resolve("stub.log"));
  }

  /** Starts a real node on the first core; it inherits the core of the JVM that starts it. */
  JvmProcess cassandra() throws IOException {
    List<String> command = java(0, classPath("cassandra"));
    Path servers = benchmarks.resolve("../testkit/servers/cassandra-5.0/target");
    command.add("-Dcqloop.testkit.servers=" + servers.toAbsolutePath().normalize());
    command.add("cqloop.bench.cassandra.CassandraMain");
    return new JvmProcess("cassandra", command, "ready ", out.resolve("cassandra.log"));
  }

  /** Starts a client on the second core. */
  JvmProcess client(ClientKind kind, Variant variant, InetSocketAddress server, Path trustStore)
      throws IOException {
    List<String> command = java(1, classPath(kind.module));
    command.addAll(1 + command.indexOf("java"), extra);
    command.addAll(
        List.of(
            ClientMain.class.getName(),
            kind.className,
            server.getAddress().getHostAddress(),
            Integer.toString(server.getPort()),
            Integer.toString(variant.version()),
            Boolean.toString(variant.lz4()),
            variant.tls() ? trustStore.toString() : "-",
            Integer.toString(variant.eventLoops()),
            variant.origin().name()));
    Path log = out.resolve(kind.label + ".log");
    return new JvmProcess(kind.label, command, ClientMain.MARK, log);
  }

  private List<String> java(int core, String classPath) {
    List<String> command = new ArrayList<>();
    if (pinned) {
      command.addAll(List.of("taskset", "-c", Integer.toString(core)));
    }
    command.add("java");
    command.addAll(JVM);
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  private String classPath(String module) throws IOException {
    Path file = classPathFile(module);
    if (!Files.exists(file)) {
      throw new IOException("no " + file + ": build with the profile 'bench', see README.md");
    }
    return file.resolveSibling("classes") + ":" + Files.readString(file).trim();
  }

  private Path classPathFile(String module) {
    return benchmarks.resolve(module).resolve("target").resolve("client.classpath");
  }

  private static boolean hasTaskset() {
    try {
      Process process = new ProcessBuilder("taskset", "-c", "0,1", "true").start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
