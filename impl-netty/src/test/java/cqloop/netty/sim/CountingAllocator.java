package cqloop.netty.sim;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/** Not shared. Hands out buffers and knows which were not given back. */
public final class CountingAllocator extends AbstractByteBufAllocator {

  private int allocated;
  private int released;
  private long heldBytes;
  private long mostHeldBytes;

  /** How many buffers were handed out. */
  public int allocated() {
    return allocated;
  }

  /** How many buffers are not released. */
  public int held() {
    return allocated - released;
  }

  /** The most bytes that were held at one moment. */
  public long mostHeldBytes() {
    return mostHeldBytes;
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    allocated++;
    return new Counted(this, initialCapacity, maxCapacity);
  }

  /** On the heap as well: what is counted is the same, and nothing native is left by a failure. */
  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return newHeapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }

  private static final class Counted extends UnpooledHeapByteBuf {

    Counted(CountingAllocator allocator, int initialCapacity, int maxCapacity) {
      super(allocator, initialCapacity, maxCapacity);
    }

    // Called by the constructor of the super class, hence no field of its own.
    @Override
    protected byte[] allocateArray(int length) {
      count(length);
      return super.allocateArray(length);
    }

    @Override
    protected void freeArray(byte[] array) {
      count(-array.length);
      super.freeArray(array);
    }

    private void count(long bytes) {
      CountingAllocator allocator = (CountingAllocator) alloc();
      allocator.heldBytes += bytes;
      allocator.mostHeldBytes = Math.max(allocator.mostHeldBytes, allocator.heldBytes);
    }

    @Override
    protected void deallocate() {
      ((CountingAllocator) alloc()).released++;
      super.deallocate();
    }
  }
}
