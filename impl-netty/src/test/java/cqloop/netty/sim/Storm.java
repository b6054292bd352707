package cqloop.netty.sim;

import java.util.SplittableRandom;

/**
 * Not shared. Decides what the network does to each connection.
 *
 * @param force from 0, where nothing goes wrong, to 3
 * @param segments whether frames travel in segments, so that a flipped bit is noticed
 */
record Storm(SplittableRandom random, int force, boolean segments) {

  SimNetwork.Weather weather() {
    SimNetwork.Outcome outcome = SimNetwork.Outcome.ACCEPT;
    if (random.nextInt(100) < 5 * force) {
      outcome = random.nextBoolean() ? SimNetwork.Outcome.REFUSE : SimNetwork.Outcome.SILENCE;
    }
    return new SimNetwork.Weather(
        outcome, random.nextLong(SimWorld.millis(5)), faults(false), faults(true));
  }

  private LinkFaults faults(boolean toClient) {
    int bytes = random.nextBoolean() ? 1 << 20 : random.nextInt(200, 20_000);
    LinkFaults faults =
        new LinkFaults(
            10_000,
            random.nextLong(20_000, SimWorld.millis(10)),
            force * random.nextInt(10),
            -1,
            0,
            -1,
            false,
            -1,
            bytes);
    int lot = random.nextInt(100);
    if (lot < 4 * force) {
      long nanos =
          random.nextInt(3) == 0 ? LinkFaults.FOR_EVER : random.nextLong(SimWorld.seconds(3));
      faults = faults.stalling(random.nextInt(5000), nanos);
    } else if (lot < 8 * force) {
      faults = faults.cutting(random.nextInt(5000), random.nextBoolean());
    } else if (lot < 10 * force && toClient && segments) {
      // Only segments have a checksum: elsewhere a flipped bit cannot be told from a value.
      faults = faults.flipping(random.nextInt(500, 5000));
    }
    return faults;
  }
}
