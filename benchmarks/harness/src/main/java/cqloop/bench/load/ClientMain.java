package cqloop.bench.load;

import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Origin;
import cqloop.bench.spi.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Main class of a client's JVM. Takes the client's class and its target as arguments, then one
 * command per line on standard input ({@code connect}, {@code run WORKLOAD inFlight millis}, {@code
 * heap}, {@code first-row}), answers each with one line that starts with {@value #MARK}, and ends
 * with its input.
 */
public final class ClientMain {
  /** Start of a line that answers a command; all else on standard output is noise of libraries. */
  public static final String MARK = "#bench ";

  private final Load load;
  private final Target target;
  private final PrintStream out;
  private final long started = System.nanoTime();

  private ClientMain(Load load, Target target, PrintStream out) {
    this.load = load;
    this.target = target;
    this.out = out;
  }

  /** Arguments: class, host, port, version, lz4, trust store or "-", event loops, origin. */
  public static void main(String[] args) throws Exception {
    Target target =
        new Target(
            args[1],
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Boolean.parseBoolean(args[4]),
            args[5].equals("-") ? null : Path.of(args[5]),
            Integer.parseInt(args[6]),
            Origin.valueOf(args[7]));
    Object client = Class.forName(args[0]).getDeclaredConstructor().newInstance();
    Load load = client instanceof Load own ? own : new DriverLoad((BenchClient) client);
    try {
      new ClientMain(load, target, System.out).serve();
      load.close();
    } catch (Exception e) {
      e.printStackTrace();
      System.out.println(MARK + "failed " + String.valueOf(e).replace('\n', ' '));
    }
    // Threads that a driver left behind must not keep the JVM.
    System.exit(0);
  }

  private void serve() throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(MARK + answer(line.split(" ")));
      out.flush();
    }
  }

  private String answer(String[] command) throws Exception {
    return switch (command[0]) {
      case "connect" -> connect();
      case "first-row" -> firstRow();
      case "heap" -> "heap=" + ProcessFigures.liveHeapBytes();
      case "run" ->
          run(
              new Job(
                  Workload.valueOf(command[1]),
                  Integer.parseInt(command[2]),
                  Long.parseLong(command[3])));
      default -> throw new IllegalArgumentException("unknown command " + command[0]);
    };
  }

  private String connect() throws Exception {
    load.prepareWorld(target);
    Set<String> before = ProcessFigures.threads();
    long heapBefore = ProcessFigures.liveHeapBytes();
    load.connect(target);
    // One request, so that what is opened lazily is open.
    load.run(new Job(Workload.POINT, 1, 1));
    Set<String> own = ProcessFigures.threads();
    own.removeAll(before);
    return "connections="
        + connections()
        + " threads="
        + own.size()
        + " heapBefore="
        + heapBefore
        + " threadNames="
        + String.join(",", own).replace(' ', '_');
  }

  private int connections() throws IOException {
    return ProcessFigures.connectionsTo(target.port());
  }

  private String firstRow() throws Exception {
    long worldStart = System.nanoTime();
    load.prepareWorld(target);
    long connectStart = System.nanoTime();
    load.connect(target);
    load.run(new Job(Workload.POINT, 1, 0));
    long end = System.nanoTime();
    long jvm = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return String.format(
        Locale.ROOT,
        "connectMillis=%.1f worldMillis=%.1f mainMillis=%.1f jvmMillis=%d cpuMillis=%.1f",
        (end - connectStart) / 1e6,
        (end - worldStart) / 1e6,
        (end - started) / 1e6,
        jvm,
        ProcessFigures.cpuNanos() / 1e6);
  }

  private String run(Job job) throws Exception {
    long allocated = ProcessFigures.allocatedBytes();
    long cpu = ProcessFigures.cpuNanos();
    long start = System.nanoTime();
    Tally tally = load.run(job);
    long nanos = System.nanoTime() - start;
    cpu = ProcessFigures.cpuNanos() - cpu;
    allocated = ProcessFigures.allocatedBytes() - allocated;
    return format(job, tally, nanos, cpu, allocated);
  }

  private static String format(
      Job job, Tally tally, long nanos, long cpuNanos, long allocatedBytes) {
    double units = (double) tally.requests() * job.workload().rows();
    return String.format(
        Locale.ROOT,
        "requests=%d perSecond=%.1f cpuMicros=%.4f bytes=%.1f load=%.3f"
            + " p50=%.1f p99=%.1f p999=%.1f max=%.1f",
        tally.requests(),
        units * 1e9 / nanos,
        cpuNanos / 1e3 / units,
        allocatedBytes / units,
        (double) cpuNanos / nanos,
        tally.micros(50),
        tally.micros(99),
        tally.micros(99.9),
        tally.micros(100));
  }
}
