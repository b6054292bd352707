package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.metadata.AggregateMetadata;
import cqloop.metadata.DescribeOptions;
import cqloop.metadata.FunctionMetadata;
import cqloop.metadata.IndexMetadata;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaObject;
import cqloop.metadata.TableMetadata;
import cqloop.metadata.ViewMetadata;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraClusterTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.CqlIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A schema with all that makes a description go wrong: composite keys, static columns, names in
 * quotes, types in types, quotes in comments, every kind of index, views, functions, aggregates,
 * masks, tables of old, and every option of a table.
 */
@CassandraClusterTest(yaml = {"cdc_enabled: true"})
class DescribeIT {

  private static final String KEYSPACE = "Nasty_Ks";
  private static final String ONE_KEY = "(\n    k int PRIMARY KEY,\n    v int,\n    w text\n)";

  private static final String DOLLARS_IN_DOLLARS = "$$return \"$$\" + s + \"it's\"; // $$$";
  private static final String DOLLARS_IN_QUOTES = "'return \"$$\" + s + \"it''s\"; // $'";

  private static final Pattern SINCE =
      Pattern.compile("\\[(\\d\\.\\d):(.*?[^\\]])\\](?!\\])", Pattern.DOTALL);

  private static final Pattern WHOLE = Pattern.compile("\\[(\\d\\.\\d):(.*)\\]", Pattern.DOTALL);

  /** What quotes and dollars enclose keeps its line breaks: CQL has no other way to write them. */
  private static final Pattern STRINGS =
      Pattern.compile("\"[^\"]*\"|'[^']*'|\\$\\$.*?\\$\\$", Pattern.DOTALL);

  private static Sessions sessions;
  private static CqlSession session;
  private static KeyspaceMetadata nasty;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) throws IOException {
    sessions = new Sessions(cluster, keyspace);
    session = sessions.connect(options());
    for (String statement : statements(cluster.line())) {
      Awaits.get(session.execute(statement));
    }
    nasty = Awaits.get(session.schema()).keyspace(KEYSPACE);
  }

  /** A busy server takes a while to drop so much. */
  private static CqlOptions options() {
    CqlOptions options = sessions.options();
    options.getDefaultProfile().setRequestTimeout(Duration.ofSeconds(25));
    return options;
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void replayedTextGivesTheSameSchema(boolean formatted, boolean withKeyspace) {
    DescribeOptions options = new DescribeOptions(formatted, withKeyspace, true);
    String before = nasty.describe(options);
    // Of its own: a text without the keyspace begins with USE.
    CqlSession replaying = sessions.connect(options().setKeyspace(null));
    Awaits.get(replaying.execute("DROP KEYSPACE \"Nasty_Ks\""));
    assertThat(Awaits.get(replaying.schema()).keyspaces()).doesNotContainKey(KEYSPACE);

    for (String statement : nasty.statements(options)) {
      Awaits.get(replaying.execute(statement));
    }

    KeyspaceMetadata again = Awaits.get(replaying.schema()).keyspace(KEYSPACE);
    assertThat(again.describe(options)).isEqualTo(before);
    assertThat(again.describe()).isEqualTo(nasty.describe());
    assertThat(again.tables().keySet()).isEqualTo(nasty.tables().keySet());
    assertThat(again.types()).isEqualTo(nasty.types());
    assertThat(again.functions()).isEqualTo(nasty.functions());
    assertThat(again.aggregates()).isEqualTo(nasty.aggregates());
    again
        .tables()
        .forEach(
            (name, table) -> {
              assertThat(table.columns()).isEqualTo(nasty.table(name).columns());
              assertThat(table.options()).isEqualTo(nasty.table(name).options());
              assertThat(table.indexes()).isEqualTo(nasty.table(name).indexes());
            });
    Awaits.get(replaying.close());
  }

  @Test
  void meansWhatTheServerItselfDescribes() {
    assumeTrue(sessions.line().atLeast(ServerLine.V4_0), "DESCRIBE is of 4.0");
    SoftAssertions soft = new SoftAssertions();
    Map<String, String> ofServer = new TreeMap<>();
    RowSet page = Awaits.get(session.execute("DESCRIBE KEYSPACE \"Nasty_Ks\""));
    while (true) {
      for (Row row : page) {
        String text = withoutWarning(row.getString("create_statement"));
        ofServer.put(row.getString("type") + " " + row.getString("name"), CqlNormal.of(text));
      }
      if (!page.hasMorePages()) {
        break;
      }
      page = Awaits.get(page.nextPage());
    }
    Map<String, String> ours = new TreeMap<>();
    for (SchemaObject object : objects()) {
      List<String> alone = object.statements(DescribeOptions.DEFAULT.withContents(false));
      assertThat(alone).hasSize(1);
      ours.put(nameOf(object), CqlNormal.of(alone.get(0)));
    }

    assertThat(ours).hasSizeGreaterThan(sessions.line().atLeast(ServerLine.V5_0) ? 75 : 60);
    assertThat(ours.keySet()).isEqualTo(ofServer.keySet());
    ours.forEach((name, text) -> soft.assertThat(text).as(name).isEqualTo(ofServer.get(name)));
    soft.assertAll();
  }

  @Test
  void plainTextIsTheFormattedOneOnLinesOfItsOwn() {
    List<String> formatted = nasty.statements(DescribeOptions.DEFAULT);
    List<String> plain = nasty.statements(DescribeOptions.DEFAULT.withFormatted(false));
    assertThat(plain).hasSameSizeAs(formatted);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(STRINGS.matcher(plain.get(i)).replaceAll("")).doesNotContain("\n");
      assertThat(CqlNormal.of(plain.get(i))).isEqualTo(CqlNormal.of(formatted.get(i)));
    }
  }

  @Test
  void tableComesWithItsIndexesAndViews() {
    assertThat(nasty.table("viewed").statements(DescribeOptions.DEFAULT))
        .extracting(statement -> statement.substring(0, statement.indexOf('"')))
        .containsExactly("CREATE TABLE ", "CREATE MATERIALIZED VIEW ", "CREATE MATERIALIZED VIEW ");
    assertThat(nasty.table("indexed").statements(DescribeOptions.DEFAULT))
        .hasSize(1 + nasty.table("indexed").indexes().size());
  }

  @Test
  void clusterIsDescribedWithoutTheKeyspacesOfTheServer() {
    String all = Awaits.get(session.schema()).describe();
    assertThat(all)
        .contains(nasty.describe())
        .contains("CREATE KEYSPACE " + sessions.keyspace() + " WITH")
        .doesNotContain("CREATE KEYSPACE system");
  }

  @Test
  void virtualTablesAreShownButNotCreated() {
    assumeTrue(sessions.line().atLeast(ServerLine.V4_0), "virtual tables are of 4.0");
    KeyspaceMetadata views = Awaits.get(session.schema()).keyspace("system_views");
    assertThat(views.isVirtual()).isTrue();
    assertThat(views.statements(DescribeOptions.DEFAULT)).isEmpty();
    assertThat(views.table("clients").statements(DescribeOptions.DEFAULT)).isEmpty();
    assertThat(views.table("clients").describe())
        .contains("VIRTUAL TABLE system_views.clients (")
        .contains("PRIMARY KEY (address, port)")
        .contains("comment = 'currently connected clients'");
    assertThat(views.describe()).contains(views.table("clients").describe());
  }

  private static List<SchemaObject> objects() {
    List<SchemaObject> all = new ArrayList<>();
    all.add(nasty);
    all.addAll(nasty.types().values());
    all.addAll(nasty.functions().values());
    all.addAll(nasty.aggregates().values());
    all.addAll(nasty.tables().values());
    all.addAll(nasty.indexes());
    all.addAll(nasty.views().values());
    return all;
  }

  /** The kind and name by which the server lists an object. */
  private static String nameOf(SchemaObject object) {
    String name = CqlIdentifier.quoteIfNeeded(object.name());
    if (object instanceof KeyspaceMetadata) {
      return "keyspace " + name;
    }
    if (object instanceof FunctionMetadata function) {
      return "function " + name + "(" + String.join(", ", function.argumentTypes()) + ")";
    }
    if (object instanceof AggregateMetadata aggregate) {
      return "aggregate " + name + "(" + String.join(", ", aggregate.argumentTypes()) + ")";
    }
    if (object instanceof TableMetadata) {
      return "table " + name;
    }
    if (object instanceof ViewMetadata) {
      return "materialized_view " + name;
    }
    return (object instanceof IndexMetadata ? "index " : "type ") + name;
  }

  /**
   * The server wraps tables of old into a comment; those without clustering columns it orders by
   * one that nobody sees. 6.0 gives the comment of a table once more in a statement of its own. No
   * line quotes the function of a mask, or tells a body with dollars from one without: what they
   * describe they would not take; nor what those before 5.0 have for a date without quotes.
   */
  private static String withoutWarning(String text) {
    String statement =
        text.replaceFirst("(?s);\\s+COMMENT ON TABLE .*", ";")
            .replace("MASKED WITH Nasty_Ks.Mask(", "MASKED WITH \"Nasty_Ks\".\"Mask\"(")
            .replace(DOLLARS_IN_DOLLARS, DOLLARS_IN_QUOTES)
            .replaceFirst(
                "(STYPE (?:date|time|timestamp|inet)\\s+INITCOND) ([^'].*);$", "$1 '$2';");
    return statement.startsWith("/*")
        ? statement
            .substring(statement.indexOf("CREATE TABLE"), statement.lastIndexOf("*/"))
            .replace("    AND CLUSTERING ORDER BY (column1 ASC)\n", "")
            .replace("(\n    k int,\n    v int,\n    w text,\n    PRIMARY KEY (k)\n)", ONE_KEY)
        : statement;
  }

  /** Leaves out what newer lines than this one brought: {@code [5.0:...]}, within or whole. */
  private static String partsFor(ServerLine line, String statement) {
    Matcher whole = WHOLE.matcher(statement);
    if (whole.matches()) {
      return line.atLeast(ServerLine.of(whole.group(1))) ? whole.group(2) : "";
    }
    return SINCE
        .matcher(statement)
        .replaceAll(
            found ->
                line.atLeast(ServerLine.of(found.group(1)))
                    ? Matcher.quoteReplacement(found.group(2))
                    : "");
  }

  private static List<String> statements(ServerLine line) throws IOException {
    try (InputStream in = DescribeIT.class.getResourceAsStream("nasty-schema.cql")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.strip().split("\n\n"))
          .map(statement -> partsFor(line, statement))
          .filter(statement -> !statement.isBlank())
          .toList();
    }
  }
}
