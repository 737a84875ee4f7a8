package dev.toygun.testing.contract;

import dev.toygun.store.ScheduleRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a store keeps beside the rows that it gives out; for tests to look at. */
public interface StoreHistory {
  /** The moves of a subject, by step. */
  List<Moved> moves(SubjectKey subject);

  /** The fields that its ticks changed without a move, oldest first. */
  List<Changed> changes(SubjectKey subject);

  /** What it said while it stayed, oldest first. */
  List<String> said(SubjectKey subject);

  /** The names of its alarms that are not closed, in alphabetical order. */
  List<String> openAlarms(SubjectKey subject);

  /** The states that an alarm has been in. */
  List<String> alarmPath(SubjectKey alarm);

  /** What a resource's availability became, oldest first. */
  List<String> availability(UUID resource);

  /** Who was asked about an error, by level: {@code 1 decline: why}. */
  List<String> hops(UUID error);

  /** From now on somebody is told of alarms. */
  void listen();

  /** What they were told about an alarm, in order: {@code open error}. */
  List<String> told(UUID alarm);

  /** How far the tasks of a resource have come with their schedules, by name. */
  List<ScheduleRow> schedules(UUID resource);

  /**
   * Makes it later for the alarms of a resource, for what they were repaired by, for the panics in
   * it that climb, and for its schedules; or for a bulk run.
   */
  void later(UUID resource, Duration time);

  /** The runs of a resource's tasks with this name, oldest first. */
  List<UUID> runs(UUID resource, String name);

  /** A transition. */
  record Moved(
      long step,
      String from,
      String to,
      String message,
      String actor,
      @Nullable UUID error,
      List<String> changed,
      @Nullable UUID tick) {}

  /** A change without a move. */
  record Changed(long version, List<String> fields) {}
}
