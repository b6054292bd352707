package cqloop.testkit.scylla;

import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Value. The columns of rows, or the variables of a statement, as a server describes them;
 * native_protocol_v4.spec §4.2.5.2.
 *
 * @param keyspace of the first one, empty when there is none
 * @param table of the first one, empty when there is none
 * @param names of all
 * @param bytes how they travelled
 * @param id the same for the same columns, whatever statement and node they are of
 */
@SuppressWarnings("ArrayRecordComponent")
record ColumnSpecs(String keyspace, String table, List<String> names, byte[] bytes, byte[] id) {
  private static final int GLOBAL_TABLE = 0x01;

  // The [option]s that have more than a number.
  private static final int CUSTOM = 0x00;
  private static final int LIST = 0x20;
  private static final int MAP = 0x21;
  private static final int SET = 0x22;
  private static final int UDT = 0x30;
  private static final int TUPLE = 0x31;

  /** Reads so many columns of a message. */
  static ColumnSpecs read(byte[] message, WireReader in, int flags, int count) {
    int from = message.length - in.remaining();
    boolean global = (flags & GLOBAL_TABLE) != 0;
    String keyspace = global ? in.readString() : "";
    String table = global ? in.readString() : "";
    String first = keyspace;
    String firstTable = table;
    List<String> names = new ArrayList<>();
    WireWriter same = new WireWriter();
    for (int i = 0; i < count; i++) {
      keyspace = global ? keyspace : in.readString();
      table = global ? table : in.readString();
      first = i == 0 ? keyspace : first;
      firstTable = i == 0 ? table : firstTable;
      names.add(in.readString());
      int typeAt = message.length - in.remaining();
      skipType(in);
      same.writeString(keyspace).writeString(table).writeString(names.get(i));
      same.writeRaw(slice(message, typeAt, message.length - in.remaining()));
    }
    byte[] bytes = slice(message, from, message.length - in.remaining());
    return new ColumnSpecs(first, firstTable, names, bytes, digest(same.toBytes()));
  }

  /** No columns: those of a statement that returns no rows. */
  static ColumnSpecs none() {
    return new ColumnSpecs("", "", List.of(), new byte[0], digest(new byte[0]));
  }

  private static void skipType(WireReader in) {
    switch (in.readShort()) {
      case CUSTOM -> in.readString();
      case LIST, SET -> skipType(in);
      case MAP -> {
        skipType(in);
        skipType(in);
      }
      case UDT -> {
        in.readString();
        in.readString();
        for (int left = in.readShort(); left > 0; left--) {
          in.readString();
          skipType(in);
        }
      }
      case TUPLE -> {
        for (int left = in.readShort(); left > 0; left--) {
          skipType(in);
        }
      }
      default -> {
        // The other types are a number and nothing else.
      }
    }
  }

  private static byte[] slice(byte[] message, int from, int to) {
    return Arrays.copyOfRange(message, from, to);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
