package cqloop.bench.spi;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. All data of a run, derived from keys and made in advance, so that a check costs
 * comparisons and nothing else and is the same for every client.
 */
public final class Values {
  private static final int BODY_CHARS = 1024;
  private static final long EPOCH_MILLIS = 1_700_000_000_000L;

  private static final String[] NAMES = names("item-", Statements.KEYS);
  private static final String[] BODIES = bodies();
  private static final String[] ROW_NAMES = names("line-", Statements.PAGE_ROWS);
  private static final String[] ROW_NOTES = notes();
  private static final Instant[] INSTANTS = instants();
  private static final UUID[] UUIDS = uuids();

  private Values() {}

  /** Twenty characters. */
  public static String name(int key) {
    return NAMES[key];
  }

  /** A number that differs from the key. */
  public static int score(int key) {
    return key * 31 + 7;
  }

  /** A number with a fraction. */
  public static double ratio(int key) {
    return key / 8.0 + 0.125;
  }

  /** Text of 1,024 ASCII characters. */
  public static String body(int key) {
    return BODIES[key & (BODIES.length - 1)];
  }

  /** Moment of an inserted row or of a row of a page. */
  public static Instant created(int index) {
    return INSTANTS[index];
  }

  /** Identifier of an inserted row or of a row of a page. */
  public static UUID ref(int index) {
    return UUIDS[index];
  }

  /** Twenty characters, by row of a page. */
  public static String rowName(int row) {
    return ROW_NAMES[row];
  }

  /** Ten characters, by row of a page. */
  public static String rowNote(int row) {
    return ROW_NOTES[row];
  }

  /** A truth that alternates, by row of a page. */
  public static boolean rowActive(int row) {
    return (row & 1) == 0;
  }

  /** Whether the four columns are those of {@code key}. */
  public static boolean pointMatches(
      int key, long id, @Nullable String name, int score, double ratio) {
    return id == key && score == score(key) && ratio == ratio(key) && NAMES[key].equals(name);
  }

  /** Whether the numbers are those of row {@code row} of a page. */
  public static boolean numbersMatch(int row, long pk, int ck, double amount, boolean active) {
    return pk == Statements.PARTITION
        && ck == row
        && amount == ratio(row)
        && active == rowActive(row);
  }

  /** Whether the objects of a row are those of row {@code row}. */
  public static boolean rowMatches(
      int row,
      @Nullable String name,
      @Nullable String note,
      @Nullable Instant created,
      @Nullable UUID ref) {
    return ROW_NAMES[row].equals(name)
        && ROW_NOTES[row].equals(note)
        && INSTANTS[row].equals(created)
        && UUIDS[row].equals(ref);
  }

  private static String[] names(String prefix, int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = prefix + String.format(Locale.ROOT, "%015d", i * 7919L);
    }
    return names;
  }

  private static String[] notes() {
    String[] notes = new String[Statements.PAGE_ROWS];
    for (int i = 0; i < notes.length; i++) {
      notes[i] = "note-" + String.format(Locale.ROOT, "%05d", i);
    }
    return notes;
  }

  private static String[] bodies() {
    String[] bodies = new String[64];
    for (int i = 0; i < bodies.length; i++) {
      StringBuilder body = new StringBuilder(BODY_CHARS);
      for (int at = 0; at < BODY_CHARS; at++) {
        body.append((char) ('!' + (i * 17 + at * 31) % 90));
      }
      bodies[i] = body.toString();
    }
    return bodies;
  }

  private static Instant[] instants() {
    Instant[] instants = new Instant[Math.max(Statements.KEYS, Statements.PAGE_ROWS)];
    for (int i = 0; i < instants.length; i++) {
      instants[i] = Instant.ofEpochMilli(EPOCH_MILLIS + i * 1009L);
    }
    return instants;
  }

  private static UUID[] uuids() {
    UUID[] uuids = new UUID[Math.max(Statements.KEYS, Statements.PAGE_ROWS)];
    for (int i = 0; i < uuids.length; i++) {
      // Version 4, variant 2: what drivers expect of a random uuid.
      uuids[i] =
          new UUID(i * 0x9E37_79B9L << 16 | 0x4000L, 0x8000_0000_0000_0000L | i * 0x85EB_CA6BL);
    }
    return uuids;
  }
}
