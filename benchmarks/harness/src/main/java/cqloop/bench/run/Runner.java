package cqloop.bench.run;

import cqloop.bench.load.Job;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: per variant starts every client, warms it up, and measures the clients in
 * turns.
 */
final class Runner {
  /** Job label of connections, threads and heap. */
  static final String FACTS = "facts";

  /** Job label of the time to the first row. */
  static final String FIRST_ROW = "first-row";

  private record Running(ClientKind kind, JvmProcess jvm, Map<String, Double> facts) {}

  private final Launcher launcher;
  private final Plan plan;
  private final List<ClientKind> kinds;
  private final Path keyStore;
  private final Writer lines;
  private final PrintStream progress;
  private final Samples samples = new Samples();
  private final List<String> failures = new ArrayList<>();
  private InetSocketAddress plain = unknown();
  private InetSocketAddress tls = unknown();

  /** {@code lines} takes one line of JSON per measurement. */
  Runner(
      Launcher launcher,
      Plan plan,
      List<ClientKind> kinds,
      Path keyStore,
      Writer lines,
      PrintStream progress) {
    this.launcher = launcher;
    this.plan = plan;
    this.kinds = kinds;
    this.keyStore = keyStore;
    this.lines = lines;
    this.progress = progress;
  }

  /** Measures against {@code server}, or against a stub server if that is null. */
  Samples run(@Nullable InetSocketAddress server) throws IOException {
    if (server != null) {
      plain = server;
      tls = server;
      stages();
      return samples;
    }
    try (JvmProcess stub = launcher.stub(keyStore)) {
      String[] ports = stub.answer().split(" ");
      plain = loopback(ports[0]);
      tls = loopback(ports[1]);
      stages();
    }
    return samples;
  }

  /** What kept variants from being measured to their end. */
  List<String> failures() {
    return failures;
  }

  private void stages() throws IOException {
    for (Map.Entry<Variant, List<Job>> stage : plan.stages().entrySet()) {
      try {
        stage(stage.getKey(), stage.getValue());
      } catch (IOException e) {
        // The other variants are still worth their time; the run as a whole has failed.
        failures.add(stage.getKey().label() + ": " + e.getMessage());
      }
    }
    if (plan.freshJvms() > 0 && !plan.stages().isEmpty()) {
      Variant variant = plan.stages().keySet().iterator().next();
      for (int round = 1; round <= plan.freshJvms(); round++) {
        for (ClientKind kind : supporting(variant)) {
          try (JvmProcess jvm = start(kind, variant)) {
            add(variant, FIRST_ROW, kind, round, Sample.figures(jvm.ask("first-row")));
          }
        }
      }
    }
  }

  private void stage(Variant variant, List<Job> jobs) throws IOException {
    List<Running> running = new ArrayList<>();
    try {
      for (ClientKind kind : supporting(variant)) {
        JvmProcess jvm = start(kind, variant);
        running.add(new Running(kind, jvm, Sample.figures(jvm.ask("connect"))));
        jvm.ask(command(Plan.warmUpJob(), plan.firstWarmMillis()));
      }
      for (Job job : jobs) {
        for (Running client : running) {
          client.jvm().ask(command(job, plan.warmMillis()));
        }
        rounds(variant, job, running);
      }
      for (Running client : running) {
        client.facts().putAll(Sample.figures(client.jvm().ask("heap")));
        add(variant, FACTS, client.kind(), 1, client.facts());
      }
    } finally {
      for (Running client : running) {
        client.jvm().close();
      }
    }
  }

  private void rounds(Variant variant, Job job, List<Running> running) throws IOException {
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Running client : running) {
        String answer = client.jvm().ask(command(job, job.millis()));
        String label = job.workload() + "-" + job.inFlight();
        add(variant, label, client.kind(), round, Sample.figures(answer));
      }
    }
  }

  private void add(
      Variant variant, String job, ClientKind kind, int round, Map<String, Double> figures)
      throws IOException {
    Sample sample = new Sample(variant.label(), job, kind.label, round, figures);
    samples.add(sample);
    lines.write(sample.toJson() + "\n");
    lines.flush();
    progress.println(sample.toJson());
  }

  private List<ClientKind> supporting(Variant variant) {
    List<ClientKind> able = new ArrayList<>(kinds);
    able.removeIf(kind -> !kind.supports(variant));
    return able;
  }

  private JvmProcess start(ClientKind kind, Variant variant) throws IOException {
    return launcher.client(kind, variant, variant.tls() ? tls : plain, keyStore);
  }

  private static String command(Job job, long millis) {
    return "run " + job.workload() + " " + job.inFlight() + " " + millis;
  }

  private static InetSocketAddress unknown() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static InetSocketAddress loopback(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }
}
