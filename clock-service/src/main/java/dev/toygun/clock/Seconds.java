package dev.toygun.clock;

import java.util.List;

/**
 * The seconds to be made up for.
 *
 * @param after since the epoch, the last second that was polled
 * @param upto since the epoch, the last second to poll
 */
record Seconds(long after, long upto) {

  /** Buckets from the first to the last. */
  record Range(int first, int last) {}

  int count() {
    return (int) Math.min(Integer.MAX_VALUE, upto - after);
  }

  /** The buckets of a period that fall into these seconds, each once, however many seconds. */
  List<Range> buckets(int period) {
    if (upto - after >= period) {
      return List.of(new Range(0, period - 1));
    }
    int first = (int) Math.floorMod(after + 1, (long) period);
    int last = (int) Math.floorMod(upto, (long) period);
    return first <= last
        ? List.of(new Range(first, last))
        : List.of(new Range(first, period - 1), new Range(0, last));
  }
}
