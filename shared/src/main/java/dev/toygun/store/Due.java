package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a clock needs of a store: who is due, and what is old. Every future ends, at the latest with
 * its time-out.
 */
public interface Due extends Retention {
  /** The database's time. */
  Future<Instant> now();

  /** Takes a pass for this long, or renews it; nothing where another clock holds it. */
  Future<Optional<Pass>> claim(String pass, String owner, Duration time);

  /** Notes how far a pass has come; nothing happens where another clock has it by now. */
  Future<Void> advance(String pass, String owner, Instant upto);

  /** The lists that have active resources, or tasks that are due at some time. */
  Future<List<ListName>> lists();

  /**
   * Rows of a list whose {@code due_at} is past, or will be within this time, in its order, after
   * the cursor.
   */
  Future<List<DueRow>> due(
      Kind kind, ListName list, @Nullable DueRow after, Duration ahead, int limit);

  /** The periods at which active rows of this kind poll, by list. */
  Future<List<Period>> periods(Kind kind);

  /**
   * Rows of a list that poll with this period, and whose second is one of these, by second and
   * uuid.
   *
   * @param first the first bucket, {@code second mod everyS}
   * @param last the last bucket, included; not below the first
   * @param after the row after which to go on, or null to begin
   */
  Future<List<SubjectKey>> polled(
      Kind kind, Period period, int first, int last, @Nullable SubjectKey after, int limit);

  /**
   * Looks at active resources of a list, in the order of their uuids, and wakes those among them
   * that are due at no time: they are decided again. Rows that somebody else has locked are left
   * out.
   *
   * @param after the uuid after which to go on
   * @param look how many to look at, at most
   */
  Future<Woken> wakeResting(ListName list, UUID after, int look);

  /**
   * Where resources and tasks belong by the definitions that workers published, of each type and
   * version.
   */
  Future<List<ListName>> homes();

  /**
   * Looks at active resources of a list, in the order of their uuids, and moves them with their
   * active tasks to another queue or priority; once there are no more of them, tasks too that are
   * left there and are due at some time or poll. No tick under way is fenced by it, and nobody is
   * woken. Rows that somebody else has locked are left out.
   *
   * @param after the uuid after which to go on
   * @param look how many to look at, at most
   */
  Future<Relisted> relist(ListName from, ListName to, UUID after, int look);

  /**
   * What a look for rows that are to follow their type came to.
   *
   * @param rows how many resources and tasks were moved
   * @param upto the last resource that was looked at, after which to go on
   * @param through whether the list has no more
   */
  record Relisted(long rows, UUID upto, boolean through) {}

  /** What is on hold. From now on {@link #due} and {@link #polled} leave that out. */
  Future<List<Hold>> holds();

  /** Lets runs of tasks with limits in. */
  Admissions admissions();

  /** Carries out bulk runs. */
  Bulks bulks();

  /** What ticks have used. */
  Usages usages();

  /** Opens and closes breakers. */
  Breakers breakers();

  /** Notes how well repairs work, and demotes those that do not. */
  Repairs repairs();

  /** The index of fields by which resources are found. */
  Indexes indexes();

  /** Moves on what was held by holds that are over, a page; true while there may be more. */
  Future<Boolean> settleHolds();

  /**
   * Ends what a hold abandons, a page: those that nothing hangs off any more, each with its tasks.
   * Once nothing is left, the hold is over.
   *
   * @param by who carries it out; history names who put the hold
   * @return whether something was ended, so that there may be more
   */
  Future<Boolean> endAbandoned(Hold hold, Stamp by);

  /**
   * Moves alarms and climbing panics whose time has come and that need no user's code: at most so
   * many of each.
   *
   * @return how many it found
   */
  Future<Integer> moveAlarms(Stamp by, int limit);

  /**
   * Has the schedules of a type looked at whose tasks have other ones by now, those of a page of
   * its resources.
   *
   * @return whether there may be more
   */
  Future<Boolean> enrolSchedules(int limit);

  /**
   * Starts tasks whose time has come by their schedules, as {@link ScheduleBook} has it, and
   * reckons when they start next: each in one transaction, so that of any number of clocks one
   * starts it. What somebody else has locked is due still.
   *
   * @param limit how many it looks at, at most
   * @param runs makes the uuids of runs
   */
  Future<Scheduled> startScheduled(int limit, Supplier<UUID> runs, Stamp by);

  /**
   * Opens the alarm {@code stuck} of machines that do not go on; of those that have been written
   * since they were seen nothing is said. {@link #moveAlarms} closes it once they are.
   *
   * @return how many of them stand still
   */
  Future<Integer> stuck(List<Stuck> found, Stamp by);

  /**
   * A machine that does not go on.
   *
   * @param version at which it was seen
   * @param alarm the uuid of the alarm, should it be a new one
   */
  record Stuck(SubjectKey subject, long version, UUID alarm, String why) {}

  /** Resources or tasks. */
  enum Kind {
    RESOURCE,
    TASK
  }

  /**
   * A claimed pass.
   *
   * @param now the database's time
   * @param upto how far the last one came
   */
  record Pass(Instant now, Instant upto) {}

  /**
   * What a look for resources at rest came to.
   *
   * @param woken those that were woken, which may be none of those that were looked at
   * @param upto the last one that was looked at, after which to go on
   * @param through whether the list has no more
   */
  record Woken(List<UUID> woken, UUID upto, boolean through) {}

  /**
   * A row that is due; also the cursor after which to ask.
   *
   * @param ahead whether its time has not come yet
   */
  record DueRow(SubjectKey key, Instant dueAt, boolean ahead) {
    /** One whose time has come. */
    public DueRow(SubjectKey key, Instant dueAt) {
      this(key, dueAt, false);
    }
  }

  /** A list, and a period in whole seconds at which rows of it poll. */
  record Period(ListName list, int everyS) {}
}
