package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.TaskStatus;
import dev.toygun.time.Uuid7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of all resources: whatever is asked for, all of that and nothing else, a page at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {
  private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final int RESOURCES = 12;
  private static final int RUNS = 400;
  private static final List<TaskStatus> ENDED =
      List.of(TaskStatus.FINISHED, TaskStatus.STOPPED, TaskStatus.TIMED_OUT, TaskStatus.ABORTED);
  private static final List<TaskStatus> RAN =
      Stream.concat(Stream.of(TaskStatus.RUNNING, TaskStatus.PANICKED), ENDED.stream()).toList();

  private final PostgresFixture postgres = new PostgresFixture();
  private final Random random = new Random(7);
  private final List<UUID> resources = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();

  /** A run as it was made, the oldest first. */
  private record Made(UUID uuid, UUID resource, String type, String task, TaskStatus status) {}

  /** A chain of resources of two types, with runs a second apart that end in every way. */
  @BeforeAll
  void make() {
    for (int i = 0; i < RESOURCES; i++) {
      resources.add(uuid(-RESOURCES + i));
      postgres.execute(
          """
          insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step)
          values ('%s', %s, '{%s}', 'r%d', '%s', 1, 'watched', 1)
          """
              .formatted(
                  resources.get(i),
                  i == 0 ? "null" : "'" + resources.get(i - 1) + "'",
                  String.join(",", resources.subList(0, i).stream().map(UUID::toString).toList()),
                  i,
                  type(i)));
    }
    int[] active = new int[RESOURCES];
    for (int i = 0; i < RUNS; i++) {
      int of = random.nextInt(RESOURCES);
      List<TaskStatus> any = active[of] < 2 ? RAN : ENDED;
      TaskStatus status = any.get(random.nextInt(any.size()));
      boolean runs = status == TaskStatus.RUNNING || status == TaskStatus.PANICKED;
      String task = runs ? "task" + active[of]++ : "task" + random.nextInt(2);
      Made run = new Made(uuid(i), resources.get(of), type(of), task, status);
      made.add(run);
      postgres.execute(
          """
          insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, entered, started_by,
                             cause, active, ended_at, outcome)
          values ('%s', '%s', '%s', %d, '%s', 1, '%s', 1, 1, 'x', 'api', %s, %s, %s)
          """
              .formatted(
                  run.resource(),
                  run.uuid(),
                  task,
                  i + 1,
                  run.type(),
                  runs ? (status == TaskStatus.PANICKED ? "__panic__" : "watch") : "__stop__",
                  runs,
                  runs ? "null" : "now()",
                  runs ? "null" : "'" + status.name().toLowerCase(java.util.Locale.ROOT) + "'"));
    }
  }

  @AfterAll
  void close() {
    postgres.close();
  }

  private static String type(int resource) {
    return resource % 3 == 0 ? "rack" : "server";
  }

  private UUID uuid(int second) {
    byte[] chance = new byte[10];
    random.nextBytes(chance);
    return Uuid7.of(START + second * 1000L, chance);
  }

  private static Instant at(int second) {
    return Instant.ofEpochMilli(START).plusSeconds(second);
  }

  /** Page by page until the last. */
  private List<UUID> all(int lookedAt, int few, int size, Function<@Nullable UUID, Runs.Query> of) {
    Database database = postgres.store().database();
    Runs runs = new Runs(database, new Subtrees(database, few), lookedAt);
    List<UUID> found = new ArrayList<>();
    UUID after = null;
    do {
      Runs.Found page = postgres.get(runs.page(of.apply(after), size));
      assertThat(page.runs()).hasSizeLessThanOrEqualTo(size);
      page.runs().forEach(run -> found.add(run.key().uuid()));
      assertThat(page.end()).isNotEqualTo(after == null ? new UUID(0, 0) : after);
      after = page.end();
    } while (after != null);
    return found;
  }

  private List<UUID> meant(Predicate<Made> those) {
    List<UUID> all = new ArrayList<>();
    made.stream().filter(those).forEach(run -> all.add(0, run.uuid()));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 50, Runs.LOOKED_AT})
  void whateverIsAskedForIsAllThereAndNothingElse(int lookedAt) {
    for (TaskStatus status : TaskStatus.values()) {
      @Nullable TaskStatus asked = status == TaskStatus.ABSENT ? null : status;
      for (String type : new String[] {null, "rack", "none"}) {
        for (String task : new String[] {null, "task1"}) {
          Predicate<Made> those =
              run ->
                  (asked == null || run.status() == asked)
                      && (type == null || run.type().equals(type))
                      && (task == null || run.task().equals(task));
          for (int size : new int[] {3, 1000}) {
            assertThat(
                    all(
                        lookedAt,
                        0,
                        size,
                        after -> new Runs.Query(type, task, asked, null, null, null, after)))
                .as("%s %s %s, %d a page", asked, type, task, size)
                .isEqualTo(meant(those));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Subtrees.FEW})
  void ofASubtreeThereIsWhatIsBelowItHoweverItIsRead(int few) {
    UUID root = resources.get(5);
    Set<UUID> below = Set.copyOf(resources.subList(5, RESOURCES));
    assertThat(all(40, few, 3, after -> new Runs.Query(null, null, null, null, null, root, after)))
        .isEqualTo(meant(run -> below.contains(run.resource())));
    assertThat(
            all(
                40,
                few,
                3,
                after ->
                    new Runs.Query(
                        "rack", "task0", TaskStatus.STOPPED, at(100), at(300), root, after)))
        .isEqualTo(
            meant(
                run ->
                    below.contains(run.resource())
                        && run.type().equals("rack")
                        && run.task().equals("task0")
                        && run.status() == TaskStatus.STOPPED
                        && made.indexOf(run) >= 100
                        && made.indexOf(run) < 300));
  }

  @Test
  void sinceAndUntilAreMomentsInUuids() {
    assertThat(
            all(
                Runs.LOOKED_AT,
                0,
                10,
                after -> new Runs.Query(null, null, null, at(100), at(103), null, after)))
        .isEqualTo(List.of(made.get(102).uuid(), made.get(101).uuid(), made.get(100).uuid()));
  }

  @Test
  void aRunSaysWhatItIsOfAndHowItStands() {
    Runs runs = new Runs(postgres.store().database());
    Runs.Run newest =
        postgres
            .get(runs.page(new Runs.Query(null, null, null, null, null, null, null), 1))
            .runs()
            .get(0);
    Made last = made.get(RUNS - 1);
    assertThat(newest.key()).isEqualTo(new SubjectKey(last.resource(), last.uuid()));
    assertThat(newest.label()).isEqualTo("r" + resources.indexOf(last.resource()));
    assertThat(newest.type() + " " + newest.task()).isEqualTo(last.type() + " " + last.task());
    assertThat(newest.status()).isEqualTo(last.status());
    assertThat(newest.run()).isEqualTo(RUNS);
  }
}
