package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.Priority;
import dev.toygun.store.Abandonment;
import dev.toygun.store.Cause;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ScheduleBook;
import dev.toygun.store.ScheduleDefinition;
import dev.toygun.store.ScheduleRow;
import dev.toygun.store.Scheduled;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that are started by their schedules. */
public interface ScheduleContract extends StoreFixture {
  Duration HOUR = Duration.ofHours(1);

  /** Every hour. */
  ScheduleDefinition HOURLY = new ScheduleDefinition(3600L, null, null, "once", 0);

  /** The same, and what was missed is made up for. */
  ScheduleDefinition ALL = new ScheduleDefinition(3600L, null, null, "all", 0);

  private void publish(ListName list, @Nullable ScheduleDefinition... schedules) {
    List<TaskDefinition> tasks = new ArrayList<>();
    for (int i = 0; i < schedules.length; i++) {
      tasks.add(
          new TaskDefinition(
              "task" + i,
              false,
              false,
              false,
              false,
              false,
              schedules[i],
              "first",
              List.of(),
              List.of(),
              "",
              null,
              null,
              false));
    }
    TypeDefinition type =
        new TypeDefinition(
            list.type(),
            list.version(),
            "default",
            Priority.NORMAL,
            "first",
            List.of(),
            List.of(),
            tasks,
            List.of(),
            false,
            List.of(),
            "",
            null);
    get(store().publish(List.of(type), "build-1").map(true));
  }

  /** A resource at rest whose type has these schedules, of tasks 0 and on. */
  default ResourceRow scheduled(@Nullable ScheduleDefinition... schedules) {
    ListName list = list();
    publish(list, schedules);
    ResourceRow root = root(list);
    settle(root);
    look();
    return root;
  }

  private Future<Scheduled> looks() {
    return looks(10_000);
  }

  private Future<Scheduled> looks(int page) {
    Stamp clock = new Stamp(Cause.SCHEDULE, "system", "clock-1", "", null, null, Stamp.Delays.NONE);
    return store().startScheduled(page, this::uuid, clock);
  }

  /** What a clock does in a pass. */
  default Scheduled look() {
    while (get(store().enrolSchedules(2))) {
      // A page of more.
    }
    return get(looks());
  }

  private ScheduleRow only(ResourceRow resource) {
    List<ScheduleRow> rows = history().schedules(resource.uuid());
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private long runs(ResourceRow resource) {
    return family(resource.uuid()).task("task0").map(TaskRow::run).orElse(0L);
  }

  @Test
  default void aTaskStartsOnePeriodAfterItsResourceWasMade() {
    ResourceRow root = scheduled(HOURLY);
    Instant first = root.machine().createdAt().plus(HOUR);
    assertThat(only(root).nextAt()).isEqualTo(first);
    assertThat(only(root).dueAt()).isEqualTo(first);
    assertThat(only(root).lastAt()).isNull();
    look();
    assertThat(runs(root)).isZero();
    history().later(root.uuid(), HOUR);
    Scheduled done = look();
    assertThat(done.started()).isEqualTo(1);
    TaskRow run = family(root.uuid()).task("task0").orElseThrow();
    assertThat(run.cause()).isEqualTo(Cause.SCHEDULE);
    assertThat(run.startedBy()).startsWith("schedule ");
    assertThat(done.due())
        .extracting(woken -> woken.key())
        .containsExactlyInAnyOrder(run.key(), root.key());
    ScheduleRow after = only(root);
    Instant last = Objects.requireNonNull(after.lastAt());
    assertThat(after.nextAt()).isEqualTo(last.plus(HOUR));
    assertThat(last).isBeforeOrEqualTo(now()).isAfter(now().minusSeconds(60));
    look();
    assertThat(runs(root)).isEqualTo(1);
  }

  @Test
  default void ofManyLooksAtOnceOneStartsIt() {
    ResourceRow root = scheduled(HOURLY);
    history().later(root.uuid(), HOUR);
    List<Future<Scheduled>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(looks());
    }
    int started = 0;
    for (Future<Scheduled> one : all) {
      started += get(one).started();
    }
    assertThat(started + look().started()).isEqualTo(1);
    assertThat(history().runs(root.uuid(), "task0")).hasSize(1);
  }

  @Test
  default void whereARunIsActiveItIsLeftOutOrWaited() {
    ResourceRow once = scheduled(HOURLY);
    ResourceRow all = scheduled(ALL);
    SubjectKey one = running(once, "task0", false);
    SubjectKey other = running(all, "task0", false);
    rest(once.key());
    rest(all.key());
    history().later(once.uuid(), HOUR);
    history().later(all.uuid(), HOUR);
    assertThat(look().started()).isZero();
    assertThat(only(once).note()).contains("left out").contains("run 1 was active");
    assertThat(only(once).nextAt()).isAfter(now());
    assertThat(only(all).note()).contains("waits since").contains("run 1 is active");
    assertThat(only(all).nextAt()).isBeforeOrEqualTo(now());
    done(one, d -> d.ends(End.FINISHED, false));
    done(other, d -> d.ends(End.FINISHED, false));
    history().later(once.uuid(), Duration.ofSeconds(10));
    history().later(all.uuid(), Duration.ofSeconds(10));
    look();
    assertThat(runs(once)).isEqualTo(1);
    assertThat(runs(all)).isEqualTo(2);
  }

  @Test
  default void whatIsOnHoldStartsNothingUntilItIsReleased() {
    ResourceRow root = scheduled(HOURLY);
    Hold hold =
        get(
            store()
                .hold(
                    new Hold.Request(
                        uuid(), Hold.Scope.SUBTREE, root.uuid(), null, "by hand", null),
                    operator()));
    history().later(root.uuid(), HOUR);
    look();
    assertThat(runs(root)).isZero();
    assertThat(only(root).note()).contains("on hold").contains("by hand");
    get(store().release(hold.uuid(), operator()));
    while (get(store().settleHolds())) {
      // A page of what was held.
    }
    look();
    assertThat(runs(root)).isEqualTo(1);
  }

  @Test
  default void whatIsBeingMadeOrTakenDownOrAbandonedStartsNothing() {
    ListName list = list();
    publish(list, HOURLY);
    ResourceRow made = root(list);
    ResourceRow leaves = root(list);
    ResourceRow abandoned = root(list);
    settle(leaves);
    settle(abandoned);
    look();
    done(outcome(leaves.key(), operator(), d -> d.deleting(ResourceRow.Deleting.ASKED)));
    get(
        store()
            .abandon(
                new Abandonment(uuid(), abandoned.uuid(), OptionalLong.empty(), "gone"),
                operator()));
    for (ResourceRow one : List.of(made, leaves, abandoned)) {
      history().later(one.uuid(), HOUR);
    }
    look();
    for (ResourceRow one : List.of(made, leaves, abandoned)) {
      assertThat(runs(one)).isZero();
      assertThat(only(one).note()).contains("waits since");
    }
    settle(made);
    history().later(made.uuid(), Duration.ofMinutes(2));
    look();
    assertThat(runs(made)).isEqualTo(1);
  }

  @Test
  default void theScheduleOfWhatHasEndedGoes() {
    ResourceRow root = scheduled(HOURLY);
    done(root.key(), d -> d.over());
    history().later(root.uuid(), HOUR);
    look();
    assertThat(history().schedules(root.uuid())).isEmpty();
  }

  @Test
  default void aNewDefinitionReachesAllResources() {
    ListName list = list();
    publish(list, null, null);
    List<ResourceRow> all = List.of(root(list), root(list), root(list), root(list), root(list));
    look();
    assertThat(history().schedules(all.get(0).uuid())).isEmpty();
    publish(list, HOURLY, null);
    look();
    for (ResourceRow one : all) {
      assertThat(only(one).nextAt()).isEqualTo(one.machine().createdAt().plus(HOUR));
    }
    publish(list, new ScheduleDefinition(7200L, null, null, "once", 0), null);
    look();
    for (ResourceRow one : all) {
      assertThat(only(one).nextAt()).isEqualTo(one.machine().createdAt().plus(HOUR).plus(HOUR));
    }
    publish(list, null, HOURLY);
    look();
    ResourceRow one = all.get(4);
    assertThat(history().schedules(one.uuid())).extracting(ScheduleRow::name).contains("task1");
    history().later(one.uuid(), HOUR.plus(HOUR));
    settle(one);
    look();
    assertThat(runs(one)).as("it has no schedule any more").isZero();
    assertThat(only(one).name()).isEqualTo("task1");
    assertThat(family(one.uuid()).task("task1")).isPresent();
  }

  @Test
  default void aScheduleThatCannotBeReckonedStopsNoOther() {
    ResourceRow bad = scheduled(new ScheduleDefinition(null, "0 3 * * *", "Mars", "once", 0));
    ResourceRow good = scheduled(HOURLY);
    history().later(good.uuid(), HOUR);
    look();
    assertThat(runs(good)).isEqualTo(1);
    assertThat(only(bad).note()).contains("Mars");
    assertThat(only(bad).dueAt()).isAfter(now());
    Instant since = Objects.requireNonNull(only(bad).failedAt());
    assertThat(only(good).failedAt()).isNull();
    history().later(bad.uuid(), HOUR);
    look();
    assertThat(only(bad).failedAt()).as("since the first time").isEqualTo(since);
    publish(bad.machine().list(), HOURLY);
    history().later(bad.uuid(), HOUR);
    look();
    assertThat(only(bad).failedAt()).isNull();
  }

  @Test
  default void whatIsRefusedIsStillToStart() {
    ResourceRow root = scheduled(HOURLY);
    history().later(root.uuid(), HOUR);
    ScheduleRow owed = only(root);
    ScheduleBook book = new ScheduleBook(now(), List.of(), operator(), this::uuid);
    ScheduleBook.Page page = book.judge(family(root.uuid()), List.of(owed), name -> HOURLY.text());
    assertThat(page.kept().get(0).nextAt()).isAfter(now());
    ScheduleRow refused = page.refused(now(), "it cannot be").kept().get(0);
    assertThat(refused.nextAt()).isEqualTo(owed.nextAt());
    assertThat(refused.dueAt()).isAfter(now());
    assertThat(refused.note()).contains("not started: it cannot be");
    assertThat(refused.failedAt()).isNotNull();
  }

  @Test
  default void twoTasksOfAResourceStartAtOnce() {
    ResourceRow root = scheduled(HOURLY, HOURLY);
    history().later(root.uuid(), HOUR);
    assertThat(look().started()).isEqualTo(2);
    assertThat(family(root.uuid()).tasks()).hasSize(2);
  }

  @Test
  default void whereAPageIsFullThereMayBeMoreHoweverManyOfOneResourceAreDue() {
    List<ResourceRow> all =
        List.of(scheduled(HOURLY, HOURLY, HOURLY), scheduled(HOURLY, HOURLY, HOURLY));
    look();
    all.forEach(one -> history().later(one.uuid(), HOUR));
    Scheduled first = get(looks(2));
    assertThat(first.more()).isTrue();
    assertThat(first.started()).as("all of one resource").isIn(3, 6);
    assertThat(look().more()).isFalse();
  }

  @Test
  default void whatIsWrittenUpToAnotherVersionHasItsSchedules() {
    ListName older = list();
    publish(older, (ScheduleDefinition) null);
    ListName newer =
        new ListName(older.queue(), older.type(), older.version() + 1, older.priority());
    publish(newer, HOURLY);
    ResourceRow root = root(older);
    settle(root);
    look();
    assertThat(history().schedules(root.uuid())).isEmpty();
    done(
        root.key(),
        d -> {
          d.lifts("{}", newer.version());
          d.enter("again", null, false);
        });
    look();
    assertThat(only(root).nextAt()).isEqualTo(root.machine().createdAt().plus(HOUR));
  }
}
