package cqloop.bench.stub;

import cqloop.bench.spi.Target;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Answers what drivers read about the cluster when they start: one node, no peers, no
 * schema.
 */
final class SystemTables {
  private static final int INET = 0x10;
  private static final int INT = 0x09;
  private static final int TEXT = 0x0D;
  private static final int UUID_TYPE = 0x0C;
  private static final int SET = 0x22;
  private static final UUID HOST_ID = new UUID(0x5d1a_c0de_0000_4000L, 0x8000_0000_0000_0001L);
  private static final UUID SCHEMA = new UUID(0x5d1a_c0de_0000_4000L, 0x8000_0000_0000_0002L);

  private record Cell(int type, byte[] value) {}

  private final Map<String, Cell> local = new LinkedHashMap<>();

  SystemTables(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    text("key", "local");
    text("bootstrapped", "COMPLETED");
    inet("broadcast_address", ip);
    integer("broadcast_port", 7000);
    text("cluster_name", "cqloop bench");
    text("cql_version", "3.4.7");
    text("data_center", Target.DATACENTER);
    uuid("host_id", HOST_ID);
    inet("listen_address", ip);
    integer("listen_port", 7000);
    text("native_protocol_version", "5");
    text("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
    text("rack", "rack1");
    text("release_version", "5.0.9");
    inet("rpc_address", ip);
    integer("rpc_port", address.getPort());
    uuid("schema_version", SCHEMA);
    local.put("tokens", new Cell(SET, new Bytes().i32(1).cell(ascii("0")).toArray()));
  }

  /** Body of the RESULT for a query of a system table, or null if it is none. */
  byte @Nullable [] answer(String cql) {
    String query = cql.trim().toLowerCase(Locale.ROOT);
    int from = query.indexOf(" from ");
    if (!query.startsWith("select ") || from < 0) {
      return null;
    }
    String table = query.substring(from + 6).trim().split("[ ;]", 2)[0];
    List<String> columns = columns(query.substring(7, from));
    if (table.equals("system.local")) {
      return rows("local", columns, true);
    }
    boolean known = table.startsWith("system.") || table.startsWith("system_");
    return known ? rows("peers", columns, false) : null;
  }

  private List<String> columns(String projection) {
    if (projection.trim().equals("*")) {
      return List.copyOf(local.keySet());
    }
    List<String> columns = new ArrayList<>();
    for (String column : projection.split(",")) {
      columns.add(column.trim());
    }
    return columns;
  }

  private byte[] rows(String table, List<String> columns, boolean row) {
    Bytes out = new Bytes().i32(Frames.ROWS).i32(Frames.GLOBAL_TABLES_SPEC).i32(columns.size());
    out.string("system").string(table);
    for (String column : columns) {
      Cell cell = local.get(column);
      int type = cell == null ? TEXT : cell.type();
      out.string(column).u16(type);
      if (type == SET) {
        out.u16(TEXT);
      }
    }
    out.i32(row ? 1 : 0);
    for (String column : row ? columns : List.<String>of()) {
      Cell cell = local.get(column);
      if (cell == null) {
        out.i32(-1);
      } else {
        out.cell(cell.value());
      }
    }
    return out.toArray();
  }

  private void text(String name, String value) {
    local.put(name, new Cell(TEXT, ascii(value)));
  }

  private void inet(String name, byte[] value) {
    local.put(name, new Cell(INET, value));
  }

  private void integer(String name, int value) {
    local.put(name, new Cell(INT, new Bytes().i32(value).toArray()));
  }

  private void uuid(String name, UUID value) {
    Bytes bytes = new Bytes();
    bytes.i64(value.getMostSignificantBits()).i64(value.getLeastSignificantBits());
    local.put(name, new Cell(UUID_TYPE, bytes.toArray()));
  }

  private static byte[] ascii(String value) {
    return value.getBytes(StandardCharsets.US_ASCII);
  }
}
