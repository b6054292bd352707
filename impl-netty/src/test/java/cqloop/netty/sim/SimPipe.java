package cqloop.netty.sim;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Not shared. One direction of a connection: bytes arrive in order, some time later, perhaps in
 * pieces, perhaps never.
 */
final class SimPipe {

  private final SimWorld world;
  private final SplittableRandom random;
  private final LinkFaults faults;
  private final Consumer<byte[]> receiver;
  private final Runnable onRoom;
  private final Consumer<Boolean> onCut;
  private Runnable onEnd;
  private long written;
  private long arrived;
  private long lastArrivalNanos;
  private int underWay;
  private boolean stalled;
  private boolean frozen;
  private boolean dead;

  /**
   * @param receiver gets what arrives
   * @param onRoom told when the writer may go on
   * @param onCut told that the connection broke, and whether by a reset
   */
  SimPipe(
      SimWorld world,
      LinkFaults faults,
      Consumer<byte[]> receiver,
      Runnable onRoom,
      Consumer<Boolean> onCut) {
    this.world = world;
    this.random = world.random();
    this.faults = faults;
    this.receiver = receiver;
    this.onRoom = onRoom;
    this.onCut = onCut;
  }

  /** How many bytes it takes now. */
  int room() {
    return Math.max(0, faults.bufferBytes() - underWay);
  }

  /** Takes bytes, more than there is room for if the writer insists. */
  void write(byte[] bytes) {
    if (dead || bytes.length == 0) {
      return;
    }
    byte[] sent = bytes;
    long flip = faults.flipAfterBytes();
    if (flip >= written && flip < written + bytes.length) {
      world.count("bit is flipped");
      sent = bytes.clone();
      sent[(int) (flip - written)] ^= (byte) (1 << random.nextInt(8));
    }
    int from = 0;
    while (from < sent.length) {
      int length = sent.length - from;
      if (length > 1 && random.nextInt(100) < faults.splitPercent()) {
        world.count("write is split");
        length = random.nextInt(1, Math.min(length, 300) + 1);
      }
      send(Arrays.copyOfRange(sent, from, from + length));
      from += length;
    }
  }

  private void send(byte[] piece) {
    underWay += piece.length;
    long stallAt = faults.stallAfterBytes();
    if (stallAt >= written && stallAt < written + piece.length) {
      frozen = faults.stallNanos() == LinkFaults.FOR_EVER;
      stalled = true;
      world.count(frozen ? "link swallows" : "link stalls");
      lastArrivalNanos =
          Math.max(lastArrivalNanos, world.elapsedNanos()) + (frozen ? 0 : faults.stallNanos());
    }
    written += piece.length;
    if (!frozen) {
      schedule(() -> arrive(piece));
    }
  }

  private void schedule(Runnable arrival) {
    long at = world.elapsedNanos() + faults.delayNanos(random);
    lastArrivalNanos = Math.max(lastArrivalNanos, at);
    world.after(lastArrivalNanos - world.elapsedNanos(), arrival);
  }

  private void arrive(byte[] piece) {
    if (dead) {
      return;
    }
    byte[] intact = piece;
    boolean cut = faults.cutAfterBytes() >= 0 && arrived + piece.length > faults.cutAfterBytes();
    if (cut) {
      intact = Arrays.copyOf(piece, (int) (faults.cutAfterBytes() - arrived));
    }
    arrived += piece.length;
    if (intact.length > 0) {
      receiver.accept(intact);
    }
    if (cut) {
      if (!dead) {
        world.count(faults.cutWithReset() ? "link is reset" : "link ends");
        onCut.accept(faults.cutWithReset());
      }
      return;
    }
    boolean wasFull = room() == 0;
    underWay -= piece.length;
    if (wasFull && !dead) {
      onRoom.run();
    }
  }

  /** The writer has ended: the other side learns it behind the last byte. */
  void finish(Runnable end) {
    onEnd = end;
    if (!dead && !frozen) {
      schedule(
          () -> {
            if (!dead) {
              dead = true;
              onEnd.run();
            }
          });
    }
  }

  /** Drops what is under way and all that follows. */
  void kill() {
    dead = true;
  }

  /** Whether bytes were ever held up here. */
  boolean hasStalled() {
    return stalled;
  }
}
