package cqloop.bench.run;

import cqloop.bench.raw.DataLoader;
import cqloop.bench.spi.Origin;
import cqloop.bench.spi.Target;
import cqloop.bench.stub.StubTls;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Main class of a run: starts servers and clients and writes {@code samples.jsonl}, {@code
 * tables.md}, {@code plot.svg}.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures cqloop beside other drivers against a stub server.")
public final class BenchMain implements Callable<Integer> {
  /** The plans. */
  enum Form {
    SHORT,
    FULL
  }

  @Option(names = "--benchmarks", description = "folder of the Maven modules")
  private Path benchmarks = Path.of("benchmarks");

  @Option(names = "--form", description = "${COMPLETION-CANDIDATES}")
  private Form form = Form.SHORT;

  @Option(names = "--clients", split = ",", description = "labels of the clients to run")
  private List<String> clients = new ArrayList<>();

  @Option(names = "--variants", description = "regular expression of the variants to run")
  private String variants = ".*";

  @Option(names = "--rounds", description = "measurements of each client and job")
  private int rounds;

  @Option(
      names = "--warm",
      description = "milliseconds of the first warm-up; a quarter for each job")
  private long warmMillis;

  @Option(names = "--server", description = "host:port of a real server instead of the stub")
  private @Nullable String server;

  @Option(
      names = "--cassandra",
      description = "run against one real Cassandra node of the test kit")
  private boolean cassandra;

  @Option(names = "--out", description = "folder for the results")
  private Path out = Path.of("benchmarks", "target", "results");

  @Option(names = "--jvm", description = "one more flag for the clients' JVMs; repeatable")
  private List<String> jvm = new ArrayList<>();

  /** For picocli. */
  public BenchMain() {}

  /** Runs and exits with 0 if every client gave right answers to the end. */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new BenchMain());
    System.exit(command.setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(out);
    for (ClientKind kind : ClientKind.values()) {
      Files.deleteIfExists(out.resolve(kind.label + ".log"));
    }
    Path keyStore = out.resolve("stub.p12").toAbsolutePath();
    StubTls.makeKeyStore(keyStore);
    Launcher launcher = new Launcher(benchmarks, out, jvm);
    if (!launcher.pinned()) {
      System.out.println("Not pinned: no taskset or one core only; figures will vary more.");
    }
    List<ClientKind> kinds = kinds(launcher);
    try (Writer lines = Files.newBufferedWriter(out.resolve("samples.jsonl"))) {
      Runner runner = new Runner(launcher, plan(), kinds, keyStore, lines, System.out);
      Samples samples = run(launcher, runner);
      String tables = new Tables(samples).markdown();
      Files.writeString(out.resolve("tables.md"), tables);
      Files.writeString(out.resolve("plot.svg"), new SvgPlot(samples).draw());
      System.out.println(tables);
      runner.failures().forEach(System.err::println);
      return runner.failures().isEmpty() ? 0 : 1;
    }
  }

  private Samples run(Launcher launcher, Runner runner) throws Exception {
    if (!cassandra) {
      return runner.run(loaded(server));
    }
    try (JvmProcess node = launcher.cassandra()) {
      return runner.run(loaded(node.answer()));
    }
  }

  private Plan plan() {
    Plan plan = form == Form.FULL ? Plan.fullForm() : Plan.shortForm();
    if (server != null || cassandra) {
      plan = Plan.realForm();
    }
    if (warmMillis > 0) {
      plan = plan.withWarmUp(warmMillis, warmMillis / 4);
    }
    return plan.with(rounds > 0 ? rounds : plan.rounds(), variants);
  }

  private List<ClientKind> kinds(Launcher launcher) {
    List<ClientKind> kinds = new ArrayList<>();
    boolean all = clients.isEmpty();
    for (ClientKind kind : ClientKind.values()) {
      if (all ? launcher.isBuilt(kind) : clients.remove(kind.label)) {
        kinds.add(kind);
      }
    }
    if (!clients.isEmpty()) {
      throw new IllegalArgumentException("unknown clients " + clients);
    }
    return kinds;
  }

  /**
   * The address of a real server, which then has the rows that the clients expect; null for the
   * stub.
   */
  private static @Nullable InetSocketAddress loaded(@Nullable String hostAndPort)
      throws IOException, GeneralSecurityException {
    if (hostAndPort == null) {
      return null;
    }
    int colon = hostAndPort.lastIndexOf(':');
    String host = hostAndPort.substring(0, colon);
    int port = Integer.parseInt(hostAndPort.substring(colon + 1));
    DataLoader.load(new Target(host, port, 4, false, null, 1, Origin.CALLBACK));
    return new InetSocketAddress(host, port);
  }
}
