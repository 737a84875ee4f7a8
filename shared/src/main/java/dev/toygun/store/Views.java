package dev.toygun.store;

import dev.toygun.Availability;
import dev.toygun.Severity;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people and programs look at through the API: read only, a page at a time. Every future ends,
 * with a failure at the latest when its time-out is over.
 */
public interface Views {
  /** The types that workers have published, each in its newest version, by name; at most 1,000. */
  Future<List<PublishedType>> types();

  /** Whether a type that was published has a task of this name, in any of its versions. */
  Future<Boolean> hasTask(String task);

  /** A type in this version, or in its newest; null where nobody has published it. */
  Future<@Nullable PublishedType> type(String name, OptionalInt version);

  /**
   * A type as workers published it.
   *
   * @param versions every version of it
   * @param builds the last 20 builds that published this one
   * @param lastSeen when one last did
   */
  record PublishedType(
      TypeDefinition definition,
      List<Integer> versions,
      List<String> builds,
      @Nullable Instant lastSeen) {}

  /** A page of resources. */
  Future<Page<ResourceRow>> resources(ResourceQuery query);

  /** Rows, and whether there are more after them: of large ones there are fewer than asked for. */
  record Page<T>(List<T> rows, boolean more) {
    /** Of so many, where one more was read. */
    public static <T> Page<T> of(List<T> read, int size) {
      return read.size() > size ? new Page<>(read.subList(0, size), true) : new Page<>(read, false);
    }
  }

  /**
   * Which resources, and from where on.
   *
   * @param label null for any; so are states, parent and availability
   * @param states the names under which a state may be stored
   * @param fields those that must be just so, as a JSON array of {@code {names, is, unset}}: of the
   *     names under which a field may be stored the first counts; under none of them it is as unset
   * @param uuids where theirs is; null for anywhere
   * @param after what the page before ended with, or null
   * @param size how many a page has at most
   */
  record ResourceQuery(
      String type,
      @Nullable String label,
      @Nullable List<String> states,
      @Nullable UUID parent,
      @Nullable Availability availability,
      String fields,
      boolean ended,
      @Nullable UuidRange uuids,
      Order order,
      @Nullable After after,
      int size) {}

  /** How resources are sorted; those that are equal, by uuid. */
  enum Order {
    CREATED_AT,
    CREATED_AT_DESC,
    LABEL,
    LABEL_DESC
  }

  /**
   * The last row of a page.
   *
   * @param value its label, or its time as text, whatever the page was sorted by
   */
  record After(String value, UUID uuid) {}

  /** How many active resources of a type are in each state: a scan, not to be asked for often. */
  Future<Map<String, Long>> resourceCounts(String type);

  /**
   * How many alarms are open, by severity; at most 100,000 are looked at.
   *
   * @param types of these types; null for any
   */
  Future<Map<Severity, Long>> openAlarms(@Nullable Collection<String> types);

  /**
   * What hangs off a resource beside its tasks.
   *
   * @param types which children count; null for all
   */
  Future<Around> around(ResourceRow resource, @Nullable Collection<String> types);

  /** Where these resources are, by their uuid; those that do not exist are not there. */
  Future<Map<UUID, Place>> places(Collection<UUID> resources);

  /** What those of its runs wait for that wait for their turn, at most 100. */
  Future<List<Turn>> turns(UUID resource);

  /**
   * What hangs off a resource.
   *
   * @param children active ones; counted to 100,000
   * @param eldest of them, by age; at most 10
   * @param alarms not closed, of it and its tasks; at most 100
   * @param hold what abandons it, or else the first that holds it; null where nobody does
   * @param isHeldItself whether somebody holds just it, which can be released
   * @param triggers what those of its tasks were last seen to be
   * @param schedules how far its tasks have come with theirs
   */
  record Around(
      long children,
      List<Child> eldest,
      List<AlarmRow> alarms,
      @Nullable Hold hold,
      boolean isHeldItself,
      List<TriggerRow> triggers,
      List<ScheduleRow> schedules) {
    /** What abandons it; null where nobody does. */
    public @Nullable Hold abandons() {
      return hold != null && hold.abandons() ? hold : null;
    }

    /** What the triggers of this task were last seen to be, if they were ever true. */
    public Optional<TriggerRow> trigger(String task) {
      return triggers.stream().filter(t -> t.task().equals(task)).findFirst();
    }

    /** How far this task has come with its schedule, if a clock has seen it. */
    public Optional<ScheduleRow> schedule(String task) {
      return schedules.stream().filter(s -> s.name().equals(task)).findFirst();
    }
  }

  /** What abandons a resource, or something above it; null where nobody does. */
  Future<@Nullable Hold> abandons(UUID resource);

  /** A child, by its names. */
  record Child(UUID uuid, String type, String label, String state) {}

  /**
   * What is active below a resource, itself first: each before what is below it, and the children
   * of one by type and label.
   *
   * @param after the last one of the page before, or null
   */
  Future<Page<Node>> tree(UUID root, @Nullable UUID after, int size);

  /**
   * A resource in a tree.
   *
   * @param path what is above it, the root of all first
   * @param depth how far below the root that was asked for
   * @param alarms not closed, of it and its tasks, as a JSON array of {@code {name, task, state,
   *     severity}}; at most 10
   */
  record Node(
      UUID uuid,
      ListName list,
      String label,
      @Nullable UUID parent,
      List<UUID> path,
      int depth,
      String state,
      boolean active,
      boolean deleting,
      Availability availability,
      String alarms) {}

  /**
   * What a resource takes with it when it goes: at most so many resources are looked at, and so
   * many of each kind shown, of these types; null for all.
   */
  Future<Teardown> teardown(UUID root, @Nullable Collection<String> types, int most, int shown);

  /** Whether a child of this parent, or for null a root, of this type and label is active. */
  Future<Boolean> isTaken(@Nullable UUID parent, String type, String label);

  /** Every run of a resource's tasks, the newest first, from after this one on. */
  Future<Page<TaskRow>> tasks(UUID resource, @Nullable UUID after, int size);

  /** A run, also one that is not the latest of its name; null where there is none. */
  Future<@Nullable TaskRow> task(UUID uuid);

  /** The moves of a subject after this step. */
  Future<List<Moved>> history(SubjectKey subject, long after, int limit);

  /** The moves of a subject before this step, the last one first. */
  Future<List<Moved>> historyBack(SubjectKey subject, long before, int limit);

  /** A move, and who made it, where and when. */
  record Moved(
      Transition transition,
      String cause,
      String actor,
      String worker,
      String build,
      @Nullable String trace,
      Instant at) {}

  /**
   * What a subject said after each of these steps while it stayed, in order: of each the last 20.
   */
  Future<List<Noted>> notes(SubjectKey subject, List<Long> steps);

  /** A sentence, and who said it, where and when. */
  record Noted(long step, String message, String cause, String actor, String worker, Instant at) {}

  /**
   * A subject's last entry into a state, which a retry or a rewind is not unless it made all anew;
   * null where it was never there.
   *
   * @param names the state's name, and its former ones
   */
  Future<@Nullable Entry> entry(SubjectKey subject, List<String> names);

  /** The state that a move of a subject led to; null where it has made no such move. */
  Future<@Nullable String> stateAt(SubjectKey subject, long step);

  /**
   * Errors, the newest first, from after this one on.
   *
   * @param resource whose, or null for anybody's; so are kind and stack hash
   */
  Future<List<ErrorOf>> errors(
      @Nullable UUID resource,
      @Nullable String kind,
      @Nullable String stackHash,
      @Nullable UUID after,
      int limit);

  /** An error; null where there is none. */
  Future<@Nullable ErrorOf> error(UUID uuid);

  /**
   * Errors of this time by kind and place in the code, the most frequent first.
   *
   * @param types of resources of these types; null for any
   */
  Future<List<ErrorGroup>> errorGroups(
      Duration last, @Nullable Collection<String> types, int limit);

  /** How the panic of an error climbed, from the bottom. */
  Future<List<HopRow>> hops(UUID error);

  /** Somebody on a panic's way up, and what they said; nothing while they are being asked. */
  record HopRow(
      int level,
      UUID resource,
      @Nullable String decision,
      @Nullable String reason,
      Instant at,
      @Nullable Instant dueAt,
      @Nullable Instant decidedAt) {}

  /**
   * Alarms, the newest first.
   *
   * @param resource whose, or null for anybody's
   * @param closed whether to show closed ones too
   * @param state null for any
   * @param types null for any
   */
  Future<List<AlarmRow>> alarms(
      @Nullable UUID resource,
      @Nullable Collection<String> types,
      boolean closed,
      @Nullable String state,
      @Nullable After after,
      int limit);

  /** An alarm; null where there is none. */
  Future<@Nullable AlarmRow> alarm(UUID uuid);

  /**
   * An alarm, as it is shown.
   *
   * @param label of its resource
   */
  record AlarmRow(
      UUID uuid,
      SubjectKey subject,
      String type,
      String label,
      String name,
      @Nullable String task,
      String state,
      long version,
      String severity,
      String message,
      @Nullable UUID error,
      @Nullable String acknowledged,
      @Nullable Instant snoozedUntil,
      @Nullable UUID under,
      @Nullable String runbook,
      Instant createdAt,
      @Nullable Instant openedAt,
      Instant updatedAt,
      @Nullable Instant endedAt) {}

  /** Who was told of an alarm, and how that went; the newest first, at most 200. */
  Future<List<DeliveryRow>> deliveries(UUID alarm);

  /**
   * Messages of all alarms and errors, the newest first.
   *
   * @param state how they went
   * @param after when the last of the page before was made, and its uuid; null for the first page
   */
  Future<List<DeliveryRow>> deliveries(String state, @Nullable After after, int limit);

  /** A message; null where there is none. */
  Future<@Nullable DeliveryRow> delivery(UUID uuid);

  /**
   * A message about an alarm or an error, as it is shown.
   *
   * @param alarm null where it is about an {@code error}, which is null otherwise
   * @param name the alarm's, or the error's kind; null where nothing was written down
   */
  record DeliveryRow(
      UUID uuid,
      @Nullable UUID alarm,
      @Nullable UUID error,
      @Nullable String name,
      String sink,
      String event,
      String state,
      int tries,
      @Nullable Instant dueAt,
      @Nullable String lastError,
      Instant createdAt,
      @Nullable Instant sentAt) {}
}
