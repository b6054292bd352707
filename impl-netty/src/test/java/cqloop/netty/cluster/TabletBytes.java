package cqloop.netty.cluster;

import cqloop.testkit.fake.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Not shared. The payload of ScyllaDB that tells of a tablet, written down from
 * docs/dev/protocol-extensions.md of ScyllaDB: {@code tuple<bigint, bigint, list<tuple<uuid,
 * int>>>}, each part of a tuple and each element of the list with its length in 32 bits.
 */
public final class TabletBytes {

  private final long first;
  private final long last;
  private final List<byte[]> replicas = new ArrayList<>();

  /**
   * @param first the tokens begin behind it
   * @param last the last token
   */
  public TabletBytes(long first, long last) {
    this.first = first;
    this.last = last;
  }

  /** Adds a replica. */
  public TabletBytes on(UUID host, int shard) {
    replicas.add(
        new WireWriter()
            .writeInt(16)
            .writeUuid(host)
            .writeInt(Integer.BYTES)
            .writeInt(shard)
            .toBytes());
    return this;
  }

  /** Returns all of it. */
  public byte[] toBytes() {
    WireWriter list = new WireWriter().writeInt(replicas.size());
    replicas.forEach(list::writeBytes);
    return new WireWriter()
        .writeInt(Long.BYTES)
        .writeLong(first)
        .writeInt(Long.BYTES)
        .writeLong(last)
        .writeBytes(list.toBytes())
        .toBytes();
  }
}
