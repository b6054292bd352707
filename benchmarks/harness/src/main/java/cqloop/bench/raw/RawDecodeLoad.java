package cqloop.bench.raw;

/**
 * The floor plus decoding: as {@link RawLoad}, but every value is decoded by hand-written code and
 * checked.
 */
public final class RawDecodeLoad extends RawLoad {
  /** For the main class. */
  public RawDecodeLoad() {
    super(new RawDecoder());
  }
}
