package cqloop.testkit.process;

import cqloop.testkit.ServerLine;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of one node: a small heap, no MBeans, no waits, no fsync. */
final class NodeCommand {
  private static final String MAIN = "cqloop.testkit.node.NodeMain";

  // Gossip runs once a second, and a cold node on a busy machine misses a few rounds. A joining
  // node
  // that has not seen the ring by then dies with "Unable to contact any seeds"; one that has not
  // told its tokens is dropped by the others as a silent client, and they may never meet. A start
  // does not wait for it.
  private static final int RING_DELAY_MILLIS = 5000;

  // What Cassandra 5.0 needs on JDK 17 (its conf/jvm17-server.options), plus java.lang.ref and
  // java.util.concurrent for its memory meter.
  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/java.lang.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.rmi/sun.rmi.transport.tcp",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc",
          "jdk.compiler/com.sun.tools.javac.file");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.ref",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal");

  // Each was measured; together they take a boot from 16 CPU seconds to 3.5.
  private static final List<String> MACHINE =
      List.of(
          "-Xms64m",
          "-Xmx384m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xshare:auto",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:MaxMetaspaceSize=192m",
          "-XX:MaxDirectMemorySize=128m");

  private static final List<String> PROPERTIES =
      List.of(
          "-Dcassandra-foreground=yes",
          "-Dcassandra.superuser_setup_delay_ms=0",
          "-Dcassandra.skip_wait_for_gossip_to_settle=0",
          // What 5.0 measures for the skip-list memtable, at 3 CPU seconds a boot.
          "-Dcassandra.memtable.row_overhead_size=180",
          "-Dcassandra.skip_sync=true",
          "-Dcassandra.load_ring_state=false",
          "-Dcassandra.skip_paxos_state_rebuild=true",
          "-Dcassandra.test.ignore_sigar=true",
          "-Dcassandra.shutdown_announce_in_ms=0",
          "-Dcassandra.test.messagingService.nonGracefulShutdown=true",
          "-Dcassandra.disable_tcactive_openssl=true",
          "-Dcassandra.available_processors=2",
          "-Dcassandra.fd_initial_value_ms=1000",
          "-Dcassandra.auth_bcrypt_gensalt_log2_rounds=4",
          "-Dio.netty.eventLoopThreads=2",
          "-Dchronicle.analytics.disable=true",
          "-Dchronicle.announcer.disable=true",
          "-Djava.net.preferIPv4Stack=true",
          "-Djna.nosys=true");

  private final ClusterPlan plan;
  private final ClusterPlan.Place place;
  private final ServerRuntime runtime;

  NodeCommand(ClusterPlan plan, ClusterPlan.Place place, ServerRuntime runtime) {
    this.plan = plan;
    this.place = place;
    this.runtime = runtime;
  }

  List<String> words(CdsArchive.Use archive) {
    List<String> words = new ArrayList<>(MemoryLock.prefix());
    words.add(runtime.java().java().toString());
    words.addAll(MACHINE);
    words.addAll(archive.flags());
    for (String packages : EXPORTS) {
      words.add("--add-exports=" + packages + "=ALL-UNNAMED");
    }
    for (String packages : OPENS) {
      words.add("--add-opens=" + packages + "=ALL-UNNAMED");
    }
    if (!plan.line().atLeast(ServerLine.V5_0)) {
      // 4.1 and older measure objects through this agent only.
      words.add("-javaagent:" + runtime.jar("jamm-"));
    }
    words.addAll(PROPERTIES);
    if (plan.line().atLeast(ServerLine.V4_0)) {
      words.add("-Dorg.apache.cassandra.mbean_registration_class=cqloop.testkit.node.QuietMBeans");
    }
    own(words);
    words.addAll(plan.jvmFlags());
    words.add("-cp");
    words.add(classPath());
    words.add(MAIN);
    return words;
  }

  private void own(List<String> words) {
    Path folder = place.folder();
    // True: schema changes are not flushed, and a killed node forgets them.
    words.add("-Dcassandra.unsafesystem=" + !plan.crashSafe());
    words.add("-Dcassandra.ring_delay_ms=" + RING_DELAY_MILLIS);
    if (place.bootstrap()) {
      words.add("-Dcassandra.consistent.rangemovement=false");
    }
    words.add("-Dcassandra.config=file://" + folder.resolve(NodeFiles.YAML));
    words.add("-Dcassandra-rackdc.properties=file://" + folder.resolve(NodeFiles.RACK));
    words.add("-Dlogback.configurationFile=" + folder.resolve(NodeFiles.LOGBACK));
    words.add("-Dcassandra.storagedir=" + folder);
    words.add("-Dcqloop.node.answers=" + folder.resolve(NodeFiles.ANSWERS));
    words.add("-Djava.io.tmpdir=" + folder.resolve(NodeFiles.TMP));
    if (plan.recorder()) {
      words.add("-Dcassandra.custom_query_handler_class=cqloop.testkit.node.RecordingHandler");
      words.add("-Dcqloop.node.requests=" + folder.resolve(NodeFiles.REQUESTS));
    }
  }

  private String classPath() {
    // The plug-in last: the class-data archive checks the class path in order.
    return runtime.jars().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator))
        + File.pathSeparator
        + runtime.plugin();
  }
}
