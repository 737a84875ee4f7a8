package dev.toygun.store;

import dev.toygun.AlarmType;
import dev.toygun.Severity;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** Who uses more of the workers than its type's quota, with everything below it. */
public interface Quotas {
  /** The pass of the clock that judges them. */
  String PASS = "quotas";

  /**
   * So many are heavy at once, at most: those that were so already, then those that use most of
   * their quota.
   */
  int MOST = 100;

  /** How far back it is asked who used most below those that are heavy. */
  Duration LATELY = Duration.ofMinutes(10);

  /** Who used less than this of late, in seconds, keeps nobody from anything. */
  double LITTLE = 0.1;

  /** Who is heavy is so until it has used less than this share of its quota. */
  double RELIEVED = 0.8;

  /** The quotas of all types, as their newest versions say. */
  Future<List<Line>> declared();

  /**
   * Judges by what was used in the minutes of each quota's time, and opens and closes the alarms of
   * the system that say so, in one transaction. However many clocks do it, each alarm is opened
   * once.
   *
   * @param lines those that were declared; who was heavy by others is so no more
   * @param alarms uuids of alarms that open
   * @return who is heavy now
   */
  Future<List<Heavy>> judge(List<Line> lines, Supplier<UUID> alarms);

  /**
   * Who is heavy, or below one that is, and has used most of late, of whatever priority but the
   * lowest.
   *
   * @param most so many at most
   */
  Future<List<Sinking>> sinking(int most);

  /**
   * Gives resources that are heavy, or below one that is, the lowest priority, with their active
   * tasks. That is no write of theirs: nobody is woken. What somebody has locked, or is in a queue
   * on hold, is left.
   *
   * @return how many rows were moved
   */
  Future<Long> sink(Collection<UUID> resources);

  /**
   * A resource that goes after others.
   *
   * @param list where it is
   */
  record Sinking(UUID resource, ListName list) {}

  /**
   * The quota of a type.
   *
   * @param used seconds
   * @param per seconds
   */
  record Line(String type, double used, long per) {}

  /**
   * A resource that uses more than its quota.
   *
   * @param used seconds of late
   */
  record Heavy(Line line, UUID resource, String label, double used) {
    /** Of its alarm. */
    public static final Severity SEVERITY = Severity.WARNING;

    /** The name of its alarm. */
    public String alarmName() {
      return AlarmType.heavy(line.type(), resource);
    }

    /** What its alarm says. */
    public String alarmMessage() {
      return String.format(
          Locale.ROOT,
          "%1$s '%2$s' and what is below it have used %3$.1f s of the workers within %4$d min, and its quota is %5$.1f s: see `toygun top --under %6$s`",
          line.type(),
          label,
          used,
          line.per() / 60,
          line.used(),
          resource);
    }
  }
}
