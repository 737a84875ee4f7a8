package dev.toygun.clock;

import java.util.HashMap;
import java.util.Map;

/** What fails again and again is a line in the log at its beginning and one a minute. */
final class Complaints {
  /* A minute of passes, two a second. */
  private static final int ONE_IN = 120;

  private final Map<Object, Integer> failures = new HashMap<>();

  /** Whether this failure is to be told. */
  boolean isNews(Object what) {
    return (failures.merge(what, 1, Integer::sum) - 1) % ONE_IN == 0;
  }

  /** It works; says how often it had failed since it worked last. */
  int worksAgain(Object what) {
    Integer often = failures.remove(what);
    return often == null ? 0 : often;
  }
}
