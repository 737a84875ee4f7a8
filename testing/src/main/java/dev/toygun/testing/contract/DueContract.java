package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.toygun.store.Due.DueRow;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.Due.Pass;
import dev.toygun.store.Due.Period;
import dev.toygun.store.Due.Woken;
import dev.toygun.store.ListName;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a clock finds. */
public interface DueContract extends StoreFixture {
  @Test
  default void aPassIsOneClocksUntilItsTimeIsOver() {
    String pass = "pass" + MADE.incrementAndGet();
    Pass first = get(store().claim(pass, "a", Duration.ofMinutes(5))).orElseThrow();
    assertThat(first.upto()).isBeforeOrEqualTo(first.now());
    assertThat(get(store().claim(pass, "b", Duration.ofMinutes(5)))).isEmpty();
    Instant upto = first.now().minusSeconds(60);
    get(store().advance(pass, "a", upto).map(true));
    get(store().advance(pass, "b", upto.plusSeconds(5)).map(true));
    Optional<Pass> renewed = get(store().claim(pass, "a", Duration.ofNanos(0)));
    assertThat(renewed.orElseThrow().upto()).isEqualTo(upto);
    Optional<Pass> taken = get(store().claim(pass, "b", Duration.ofMinutes(5)));
    assertThat(taken.orElseThrow().upto()).isEqualTo(upto);
    assertThat(get(store().claim(pass, "a", Duration.ofMinutes(5)))).isEmpty();
  }

  @Test
  default void whatIsDueIsFoundInItsOrderAfterTheCursor() {
    ListName list = list();
    List<SubjectKey> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(root(list).key());
    }
    List<DueRow> due = get(store().due(Kind.RESOURCE, list, null, Duration.ZERO, 10));
    assertThat(due).extracting(DueRow::key).containsExactlyInAnyOrderElementsOf(all);
    assertThat(due)
        .isSortedAccordingTo(
            Comparator.comparing(DueRow::dueAt)
                .thenComparing(row -> row.key().uuid(), SubjectKey.UUID_ORDER));
    assertThat(get(store().due(Kind.RESOURCE, list, null, Duration.ZERO, 2)))
        .isEqualTo(due.subList(0, 2));
    assertThat(get(store().due(Kind.RESOURCE, list, due.get(1), Duration.ZERO, 10)))
        .isEqualTo(due.subList(2, 5));
    assertThat(get(store().due(Kind.TASK, list, null, Duration.ZERO, 10))).isEmpty();
  }

  @Test
  default void whatIsDueLaterOrOfAnotherListIsNotFound() {
    ResourceRow root = root();
    ListName list = root.machine().list();
    SubjectKey settled = running(root, "settled", false);
    SubjectKey later = running(root, "later", false);
    SubjectKey now = running(root, "now", false);
    done(later, d -> d.dueAt(now().plusSeconds(3600)));
    done(now, d -> d.dueAt(now().minusSeconds(1)));
    assertThat(machine(settled).dueAt()).isNull();
    assertThat(get(store().due(Kind.TASK, list, null, Duration.ZERO, 10)))
        .extracting(DueRow::key)
        .containsExactly(now);
    assertThat(get(store().due(Kind.TASK, list, null, Duration.ofSeconds(3601), 10)))
        .as("ahead")
        .extracting(DueRow::key, DueRow::ahead)
        .containsExactly(tuple(now, false), tuple(later, true));
    assertThat(
            get(
                store()
                    .due(
                        Kind.TASK,
                        new ListName("default", list.type(), 2, 5),
                        null,
                        Duration.ZERO,
                        10)))
        .isEmpty();
    assertThat(
            get(
                store()
                    .due(
                        Kind.TASK,
                        new ListName("other", list.type(), 1, 5),
                        null,
                        Duration.ZERO,
                        10)))
        .isEmpty();
  }

  @Test
  default void resourcesThatRestAreWokenInTheirOrder() {
    ListName list = list();
    List<SubjectKey> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(root(list).key());
    }
    SubjectKey busy = all.remove(3);
    all.forEach(key -> done(key, d -> d.dueAt(null)));
    List<UUID> resting = all.stream().map(SubjectKey::uuid).sorted(SubjectKey.UUID_ORDER).toList();
    long version = machine(all.get(0)).version();
    UUID first = new UUID(0, 0);
    Woken page = get(store().wakeResting(list, first, 2));
    assertThat(page).isEqualTo(new Woken(resting.subList(0, 2), resting.get(1), false));
    page = get(store().wakeResting(list, page.upto(), 10));
    assertThat(page).isEqualTo(new Woken(resting.subList(2, 3), busy.uuid(), true));
    page = get(store().wakeResting(list, page.upto(), 10));
    assertThat(page).isEqualTo(new Woken(List.of(), busy.uuid(), true));
    assertThat(get(store().wakeResting(list, first, 10)).woken())
        .as("all are due by now")
        .isEmpty();
    assertThat(get(store().due(Kind.RESOURCE, list, null, Duration.ZERO, 10)))
        .extracting(row -> row.key().uuid())
        .containsAll(resting)
        .contains(busy.uuid());
    assertThat(machine(all.get(0)).version()).as("a wake is no write").isEqualTo(version);
  }

  @Test
  default void goneThroughByPagesEachOfThoseAtRestIsWokenOnceHoweverFewTheyAre() {
    ListName list = list();
    List<UUID> resting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      SubjectKey key = root(list).key();
      boolean rests = i % 7 == 4;
      done(key, d -> d.dueAt(rests ? null : now().plusSeconds(3600)));
      if (rests) {
        resting.add(key.uuid());
      }
    }
    ResourceRow over = root(list);
    done(over.key(), d -> d.over());
    List<UUID> woken = new ArrayList<>();
    int pages = 0;
    Woken page = new Woken(List.of(), new UUID(0, 0), false);
    while (!page.through()) {
      page = get(store().wakeResting(list, page.upto(), 3));
      woken.addAll(page.woken());
      pages++;
    }
    assertThat(woken).containsExactlyInAnyOrderElementsOf(resting).doesNotHaveDuplicates();
    assertThat(pages).as("20 of them are active, 3 are looked at").isEqualTo(7);
    assertThat(get(store().due(Kind.RESOURCE, list, null, Duration.ZERO, 100)))
        .extracting(row -> row.key().uuid())
        .containsExactlyInAnyOrderElementsOf(resting);
  }

  @Test
  default void aListThatIsEmptyIsThroughAtOnce() {
    UUID first = new UUID(0, 0);
    assertThat(get(store().wakeResting(list(), first, 3)))
        .isEqualTo(new Woken(List.of(), first, true));
  }

  @Test
  default void listsAreThoseWithActiveResourcesOrTasksThatAreDueAtSomeTime() {
    ListName list = list();
    ListName urgent = new ListName("fast", list.type(), 3, 0);
    ListName over = list();
    root(list);
    root(urgent);
    ResourceRow gone = root(over);
    done(gone.key(), d -> d.over());
    assertThat(get(store().lists())).contains(list, urgent).doesNotContain(over);
    assertThat(get(store().lists())).doesNotHaveDuplicates();
  }

  @Test
  default void whatPollsIsFoundByPeriodAndSecond() {
    ResourceRow root = root();
    ListName list = root.machine().list();
    List<SubjectKey> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      SubjectKey key = running(root, "slow" + i, false);
      done(key, d -> d.polls(7));
      slow.add(key);
    }
    SubjectKey fast = running(root, "fast", false);
    done(fast, d -> d.polls(2));
    assertThat(get(store().periods(Kind.TASK)))
        .contains(new Period(list, 7), new Period(list, 2))
        .doesNotHaveDuplicates();
    Period period = new Period(list, 7);
    List<SubjectKey> found = new ArrayList<>();
    for (int second = 0; second < 7; second++) {
      int bucket = second;
      List<SubjectKey> rows = get(store().polled(Kind.TASK, period, second, second, null, 100));
      assertThat(rows)
          .allMatch(key -> (key.uuid().getLeastSignificantBits() & 0xFFFFFFFFL) % 7 == bucket);
      found.addAll(rows);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(slow);
    assertThat(get(store().polled(Kind.TASK, period, 0, 6, null, 100)))
        .containsExactlyInAnyOrderElementsOf(slow);
    List<SubjectKey> paged = new ArrayList<>();
    List<SubjectKey> page = get(store().polled(Kind.TASK, period, 0, 6, null, 3));
    assertThat(page).hasSize(3);
    while (!page.isEmpty()) {
      paged.addAll(page);
      page = get(store().polled(Kind.TASK, period, 0, 6, page.get(page.size() - 1), 3));
    }
    assertThat(paged).isEqualTo(get(store().polled(Kind.TASK, period, 0, 6, null, 100)));
    done(slow.get(0), d -> d.ends(dev.toygun.End.FINISHED, false));
    assertThat(get(store().polled(Kind.TASK, period, 0, 6, null, 100))).doesNotContain(slow.get(0));
  }

  @Test
  default void aPollThatStaysIsNotDue() {
    SubjectKey key = running(root(), "task", false);
    done(key, d -> d.polls(2));
    assertThat(machine(key).everyS()).isEqualTo(2);
    assertThat(machine(key).dueAt()).isNull();
  }
}
