package dev.toygun.store;

import dev.toygun.store.TypeDefinition.EfficacyDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How well tasks put alarms right: noted from runs that have ended and alarms that were open, and
 * judged by {@link RepairBook}. No run and no alarm writes anything for it. Every future ends, at
 * the latest with its time-out.
 */
public interface Repairs {
  /** The pass that notes runs and judges them; how far it came is the end of the last noted run. */
  String PASS = "repairs";

  /** How far back is looked for runs whose commit was late. */
  Duration OVERLAP = Duration.ofMinutes(1);

  /**
   * The repairs that the newest published version of each type has, at most 10,000: of each alarm
   * its repair, and what it suggests.
   */
  Future<List<Line>> declared();

  /**
   * Notes runs of these tasks that ended from then on, and the alarms that were open meanwhile;
   * what is noted already stays as it is.
   *
   * @param most how many runs it looks at, the oldest first
   * @return up to when it has seen all
   */
  Future<Instant> note(List<Line> lines, Instant from, int most);

  /** Judges what is due, at most so many; how many that were. */
  Future<Integer> judge(List<Line> lines, int most);

  /** Removes what is older than it counts; so many at most. */
  Future<Integer> forget(int most);

  /** How often each has cleared its alarm, in their order. */
  Future<List<Figures>> figures(List<Line> lines);

  /** The tasks that are demoted, at most 10,000. */
  Future<List<Demotion>> demotions();

  /** How those of these tasks stand that can be demoted, or are; by type and task. */
  Future<List<Standing>> standing(List<Line> lines);

  /**
   * Carries a change out, in one transaction with its alarm.
   *
   * @param alarm the uuid of the alarm, should it be a new one
   * @return how it stands then; nothing where somebody else has changed it before
   */
  Future<Optional<Demotion>> change(DemotionChange change, UUID alarm);

  /**
   * A task that puts an alarm right, or is to.
   *
   * @param repair whether the alarm starts it; if not, it suggests it
   * @param demoteBelow how well the task has to work, or null
   */
  record Line(
      String type,
      String alarm,
      String task,
      boolean repair,
      @Nullable EfficacyDefinition demoteBelow) {}

  /**
   * What is seen of a run and the alarm that it was to clear.
   *
   * @param clear since when the alarm is over, or is clear and waits whether it stays so; or null
   * @param nextBegan when the next run of something began that repairs the same alarm, or null
   * @param openAgain when the alarm was open again after it was cleared, or null
   * @param gone whether its resource is gone, or is being taken down
   */
  record Seen(
      Instant now,
      @Nullable Instant clear,
      @Nullable Instant nextBegan,
      @Nullable Instant openAgain,
      boolean gone) {}

  /**
   * How often a task was under way while an alarm was open, within {@link RepairBook#KEEP}.
   *
   * @param automatic how often nobody had asked for it
   * @param byPeople how often a person had
   * @param cleared how often the alarm was over by it; what is not judged yet is neither
   * @param inVain how often not
   * @param relapsed how often of these it was open again within a day
   * @param median from the begin of a run until the alarm was over, or null
   */
  record Figures(
      Line line,
      long automatic,
      long byPeople,
      long cleared,
      long inVain,
      long relapsed,
      @Nullable Duration median) {}

  /**
   * How a task stands.
   *
   * @param demoteBelow how well it has to work, or null
   * @param judged how many automatic runs count, the latest, as many as it says at most
   * @param worked how many of these worked
   */
  record Standing(
      Demotion demotion, @Nullable EfficacyDefinition demoteBelow, long judged, long worked) {}
}
