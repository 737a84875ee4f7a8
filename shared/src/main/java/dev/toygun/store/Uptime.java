package dev.toygun.store;

import dev.toygun.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How the availability of a resource went. What was on hold, or being restarted, counts as down on
 * purpose: nobody looked, since somebody asked for that. What no worker took counts as unknown:
 * nobody looked.
 *
 * @param periods without a gap, oldest first
 */
public record Uptime(List<Period> periods) {
  /** It became this. */
  public record Change(Instant at, Availability to) {}

  /** A time, its end excluded. */
  public record Span(Instant from, Instant to) {}

  /** It was this all the time. */
  public record Period(Availability availability, Instant from, Instant to) {
    /** How long. */
    public Duration time() {
      return Duration.between(from, to);
    }
  }

  public Uptime {
    periods = List.copyOf(periods);
  }

  /**
   * How it went in a time.
   *
   * @param changes oldest first; before the first one nothing is known
   * @param unwatched when no worker took it, so that nobody looked; in any order
   * @param planned when it was on hold or being restarted, in any order
   */
  public static Uptime of(
      List<Change> changes, List<Span> unwatched, List<Span> planned, Span time) {
    List<Period> observed = new ArrayList<>();
    Instant from = time.from();
    Availability availability = Availability.UNKNOWN;
    for (Change change : changes) {
      add(observed, availability, from, earlier(change.at(), time.to()));
      from = later(from, change.at());
      availability = change.to();
    }
    add(observed, availability, from, time.to());
    List<Period> seen = during(unwatched, Availability.UNKNOWN, observed);
    return new Uptime(during(planned, Availability.KNOWN_OFFLINE, seen));
  }

  /** The periods, with this in their place during these times. */
  private static List<Period> during(List<Span> times, Availability what, List<Period> periods) {
    List<Period> all = new ArrayList<>();
    List<Span> spans = new ArrayList<>(times);
    spans.sort(Comparator.comparing(Span::from));
    for (Period period : periods) {
      Instant at = period.from();
      for (Span span : spans) {
        Instant begins = later(at, span.from());
        Instant ends = earlier(period.to(), span.to());
        if (begins.isBefore(ends)) {
          add(all, period.availability(), at, begins);
          add(all, what, begins, ends);
          at = ends;
        }
      }
      add(all, period.availability(), at, period.to());
    }
    return all;
  }

  private static void add(List<Period> to, Availability what, Instant from, Instant until) {
    if (!from.isBefore(until)) {
      return;
    }
    Period last = to.isEmpty() ? null : to.get(to.size() - 1);
    if (last != null && last.availability() == what) {
      to.set(to.size() - 1, new Period(what, last.from(), until));
    } else {
      to.add(new Period(what, from, until));
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }

  /** How long it was in each. */
  public Map<Availability, Duration> total() {
    Map<Availability, Duration> total = new EnumMap<>(Availability.class);
    for (Availability one : Availability.values()) {
      total.put(one, Duration.ZERO);
    }
    periods.forEach(p -> total.merge(p.availability(), p.time(), Duration::plus));
    return total;
  }

  /**
   * The share of the time in which it was online; time of which nothing is known, and in which it
   * was down on purpose, is left out. Empty where nothing is left.
   */
  public OptionalDouble share() {
    Map<Availability, Duration> total = total();
    double up = millis(total, Availability.ONLINE);
    double all = up + millis(total, Availability.UNCERTAIN) + millis(total, Availability.OFFLINE);
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(up / all);
  }

  private static double millis(Map<Availability, Duration> total, Availability of) {
    return total.getOrDefault(of, Duration.ZERO).toMillis();
  }
}
