package cqloop.spi;

import java.util.List;

/**
 * Brings codecs from another jar; found by {@link java.util.ServiceLoader} or given to the builder.
 */
public interface TypeCodecProvider {

  /**
   * Returns the codecs. Called once per session. The registry lets a codec use those of the types
   * within its own; it may be kept, but not asked before this method has returned.
   */
  List<TypeCodec<?>> codecs(CodecRegistry registry);
}
