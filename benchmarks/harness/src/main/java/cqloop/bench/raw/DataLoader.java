package cqloop.bench.raw;

import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.ResultBodies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.function.IntFunction;

/**
 * Brings a real cluster to the state that the stub server pretends to have, except for the large
 * stream.
 */
public final class DataLoader {
  private static final int CONSISTENCY_ONE = 0x0001;
  private static final int BATCH = 100;

  private DataLoader() {}

  /** Makes the tables and writes the rows; may be run again. */
  public static void load(Target target) throws IOException, GeneralSecurityException {
    try (RawConnection connection = new RawConnection(target, true)) {
      for (String cql : Statements.SCHEMA) {
        connection.query(cql);
      }
      insert(connection, Statements.LOAD_ITEM, 4, Statements.KEYS, ResultBodies::pointCells);
      insert(connection, Statements.LOAD_PAGE, 8, Statements.PAGE_ROWS, ResultBodies::rowCells);
    }
  }

  private static void insert(
      RawConnection connection, String cql, int columns, int rows, IntFunction<byte[]> cells)
      throws IOException {
    byte[] id = connection.prepare(cql).id();
    for (int row = 0; row < rows; row += BATCH) {
      Bytes out = new Bytes();
      int end = Math.min(rows, row + BATCH);
      for (int i = row; i < end; i++) {
        Bytes body = new Bytes().shortBytes(id).u16(CONSISTENCY_ONE).u8(Frames.WITH_VALUES);
        body.u16(columns).raw(cells.apply(i));
        out.raw(Frames.frame(4, 0, i - row, Frames.EXECUTE, body.toArray()));
      }
      connection.socket.write(ByteBuffer.wrap(out.toArray()));
      for (int i = row; i < end; i++) {
        connection.expect(connection.input.next(), Frames.RESULT);
      }
    }
  }
}
