package cqloop.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrcTest {
  @Test
  void headerChecksumIsTheOneOfCassandra() {
    // Captured from Cassandra: the header of a self-contained segment of 13 bytes is 0d0002 cf07f7.
    long header = Segments.plainHeader(13, true);

    assertThat(header).isEqualTo(0x02000d);
    assertThat(Crc.crc24(header, 3)).isEqualTo(0xf707cf);
  }

  @Test
  void payloadChecksumStartsWithThePrefixOfTheSpecification() {
    java.util.zip.CRC32 expected = new java.util.zip.CRC32();
    expected.update(new byte[] {(byte) 0xFA, 0x2D, 0x55, (byte) 0xCA, 1, 2, 3});

    assertThat(new Crc().crc32(new byte[] {0, 1, 2, 3, 0}, 1, 3))
        .isEqualTo((int) expected.getValue());
  }
}
