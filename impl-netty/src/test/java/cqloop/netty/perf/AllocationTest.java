package cqloop.netty.perf;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.testkit.fake.WireVersion;
import io.netty.util.ResourceLeakDetector;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a request allocates on the event loop, from bind to the last value read, under bounds 10 %
 * above what was measured. The tests run without escape analysis, so that the figures are those of
 * the source; an optimizing compiler takes some of it away.
 */
class AllocationTest {

  private static final Integer KEY = 4711;
  private static final Long LONG = 1L << 40;
  private static final Double DOUBLE = 2.5;
  private static final String TEXT = "sixteen letters.";
  private static final UUID ID = new UUID(1, 2);

  private ResourceLeakDetector.Level leakDetection;
  private long read;

  /** Other tests look for leaks, which costs a stack trace for each use of a buffer. */
  @BeforeEach
  void ignoreLeaks() {
    leakDetection = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterEach
  void findLeaksAgain() {
    ResourceLeakDetector.setLevel(leakDetection);
  }

  // Measured: 648 on both.
  @ParameterizedTest
  @CsvSource({"V4, 713", "V5, 713"})
  void pointSelectOfFourColumns(WireVersion version, double bound) {
    try (HotSession hot = new HotSession(version, 1)) {
      PreparedStatement point = hot.point();

      double bytes =
          AllocationRun.bytesPerRequest(
              hot.home(),
              HotSession.REQUESTS,
              () -> hot.session().execute(point.bind(KEY)),
              this::readPoint);

      assertThat(read).isPositive();
      assertThat(bytes).as("bytes per point select").isLessThan(bound);
    }
  }

  // Measured: 576 on both.
  @ParameterizedTest
  @CsvSource({"V4, 634", "V5, 634"})
  void insertOfSixValues(WireVersion version, double bound) {
    try (HotSession hot = new HotSession(version, 1)) {
      PreparedStatement insert = hot.insert();

      double bytes =
          AllocationRun.bytesPerRequest(
              hot.home(),
              HotSession.REQUESTS,
              () -> hot.session().execute(insert.bind(KEY, LONG, KEY, TEXT, DOUBLE, ID)),
              rows -> read += rows.size());

      assertThat(bytes).as("bytes per insert").isLessThan(bound);
    }
  }

  // Measured: 600 on both: the text is never copied on the heap.
  @ParameterizedTest
  @CsvSource({"V4, 661", "V5, 661"})
  void insertOfALongText(WireVersion version, double bound) {
    try (HotSession hot = new HotSession(version, 1)) {
      PreparedStatement insert = hot.insert();
      String text = TEXT.repeat(64);

      double bytes =
          AllocationRun.bytesPerRequest(
              hot.home(),
              HotSession.REQUESTS,
              () -> hot.session().execute(insert.bind(KEY, LONG, KEY, text, DOUBLE, ID)),
              rows -> read += rows.size());

      assertThat(bytes).as("bytes per insert of 1 KB").isLessThan(bound);
    }
  }

  // Measured: 289 on both.
  @ParameterizedTest
  @CsvSource({"V4, 318", "V5, 318"})
  void rowOfAPageOfEightColumns(WireVersion version, double bound) {
    try (HotSession hot = new HotSession(version, 1)) {
      PreparedStatement page = hot.page();

      double bytes =
          AllocationRun.bytesPerRequest(
              hot.home(), 1, () -> hot.session().execute(page.bind()), this::readPage);

      assertThat(read).isPositive();
      assertThat(bytes / HotSession.PAGE_ROWS).as("bytes per row").isLessThan(bound);
    }
  }

  private void readPoint(RowSet rows) {
    Row row = rows.first();
    read += row.getLong(0) + row.getInt(1) + row.getString(2).length() + (long) row.getDouble(3);
  }

  private void readPage(RowSet rows) {
    for (Row row : rows) {
      read += row.getLong(0) + row.getInt(1) + row.getString(2).length();
      read += (long) row.getDouble(3) + (row.getBoolean(4) ? 1 : 0);
      read += row.get(5, Instant.class).toEpochMilli() + row.getUuid(6).version();
      read += row.getString(7).length();
    }
  }
}
