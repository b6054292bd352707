package cqloop.netty.row;

import cqloop.netty.codec.TypeCode;
import java.util.Arrays;

/**
 * Value. Where the cells of a regular row are: of one in which every cell has as many bytes as its
 * type has. A cell begins after a number of bytes that is the same in every regular row, and after
 * the bytes of the texts, blobs and collections before it, which are counted when asked for.
 *
 * <p>All that is known of a column is one long: its type code in the lowest byte, above it how many
 * columns before it vary in length, and in the upper half the number of bytes before it, without
 * those of the columns that vary.
 */
final class RowShape {

  private static final int CODE_BITS = Byte.SIZE;
  private static final int VARYING_BITS = Integer.SIZE - CODE_BITS;

  /** With more columns than that no row counts as regular: their number would not fit. */
  private static final int MAX_COLUMNS = (1 << VARYING_BITS) - 1;

  private final long[] columns;
  private final int[] usualBytes;
  private final int[] varying;

  /**
   * @param typeCodes of each column; see {@link TypeCode}
   */
  RowShape(byte[] typeCodes) {
    columns = new long[typeCodes.length];
    usualBytes = new int[typeCodes.length];
    int[] found = new int[typeCodes.length];
    int count = 0;
    int before = 0;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (long) before << Integer.SIZE | (long) count << CODE_BITS | typeCodes[i];
      usualBytes[i] = TypeCode.bytes(typeCodes[i]);
      if (usualBytes[i] == TypeCode.ANY_BYTES) {
        found[count++] = before;
      }
      before += Integer.BYTES + Math.max(0, usualBytes[i]);
    }
    varying = Arrays.copyOf(found, count);
  }

  int size() {
    return columns.length;
  }

  /** Tells whether there are rows that are regular. */
  boolean hasRegularRows() {
    return columns.length <= MAX_COLUMNS;
  }

  /** Returns how many bytes every value of each column has, or {@link TypeCode#ANY_BYTES}. */
  int[] usualBytes() {
    return usualBytes;
  }

  /** Returns what is known of each column, for the methods below; it must not be changed. */
  long[] columns() {
    return columns;
  }

  /** Returns what is known of a column. */
  long column(int index) {
    return columns[index];
  }

  /** Returns how many bytes are before the n-th of the columns that vary, without those of them. */
  int beforeVarying(int number) {
    return varying[number];
  }

  static int typeCode(long column) {
    return (int) column & (1 << CODE_BITS) - 1;
  }

  static int varyingBefore(long column) {
    return (int) column >>> CODE_BITS;
  }

  static int bytesBefore(long column) {
    return (int) (column >>> Integer.SIZE);
  }
}
