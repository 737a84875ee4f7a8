package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.End;
import dev.toygun.Priority;
import dev.toygun.Severity;
import dev.toygun.store.Admission;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.Demotion;
import dev.toygun.store.DemotionChange;
import dev.toygun.store.ListName;
import dev.toygun.store.Refusal;
import dev.toygun.store.RepairBook;
import dev.toygun.store.RepairOperations;
import dev.toygun.store.Repairs.Figures;
import dev.toygun.store.Repairs.Line;
import dev.toygun.store.Repairs.Standing;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.AlarmDefinition;
import dev.toygun.store.TypeDefinition.EfficacyDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How well tasks put alarms right, and what becomes of those that do not. */
public interface RepairContract extends AlarmContract {
  /** The system's own alarms that are open. */
  Set<String> systemAlarms();

  /**
   * A list whose type has the alarm {@code down}, with the repair {@code restart}, which also
   * {@code rebuild} may put right; and {@code slow}, which suggests {@code restart}.
   */
  default ListName repairable() {
    ListName list = list();
    publish(list, new EfficacyDefinition(50, 2));
    return list;
  }

  /** A worker publishes it; the repair may be demoted below this. */
  default void publish(ListName list, @Nullable EfficacyDefinition least) {
    LimitsDefinition limits =
        least == null ? null : new LimitsDefinition(null, null, null, false, null, least, null);
    AlarmDefinition down =
        new AlarmDefinition(
            "down", "error", true, 0, null, "restart", 3, 3_600, null, List.of("rebuild"));
    AlarmDefinition slow =
        new AlarmDefinition("slow", "warning", true, 0, null, null, 0, 0, null, List.of("restart"));
    TypeDefinition type =
        new TypeDefinition(
            list.type(),
            list.version(),
            "default",
            Priority.NORMAL,
            "first",
            List.of(),
            List.of(),
            List.of(task("restart", limits), task("rebuild", null), task("other", null)),
            List.of(),
            false,
            List.of(down, slow),
            "",
            null);
    get(store().publish(List.of(type), "build-1"));
  }

  private static TaskDefinition task(String name, @Nullable LimitsDefinition limits) {
    return new TaskDefinition(
        name, false, false, false, false, false, null, "first", List.of(), List.of(), "", null,
        limits, false);
  }

  /** What is declared of this list's type. */
  default List<Line> lines(ListName list) {
    return get(store().repairs().declared()).stream()
        .filter(line -> line.type().equals(list.type()))
        .toList();
  }

  /** A round of a clock, this much later for a resource. */
  default void round(ResourceRow resource, Duration later) {
    history().later(resource.uuid(), later);
    List<Line> lines = lines(resource.machine().list());
    get(store().repairs().note(lines, now().minus(Duration.ofDays(2)), 100));
    get(store().repairs().judge(lines, 1_000));
  }

  /** A resource whose alarm {@code down} is open. */
  default ResourceRow down(ListName list) {
    ResourceRow root = root(list);
    settle(root);
    goesDown(root);
    return root;
  }

  default void goesDown(ResourceRow resource) {
    raise(resource.key(), "down", rules(Severity.ERROR, Duration.ZERO, null));
  }

  /** How a task does on the alarm. */
  default Figures figures(ListName list, String task) {
    return get(store().repairs().figures(lines(list))).stream()
        .filter(it -> it.line().task().equals(task))
        .findFirst()
        .orElseThrow();
  }

  @Test
  default void anAlarmHasItsRepairAndWhatItSuggests() {
    ListName list = repairable();
    assertThat(lines(list))
        .containsExactly(
            new Line(list.type(), "down", "rebuild", false, null),
            new Line(list.type(), "down", "restart", true, new EfficacyDefinition(50, 2)),
            new Line(list.type(), "slow", "restart", false, new EfficacyDefinition(50, 2)));
  }

  @Test
  default void aRunHasClearedTheAlarmThatIsOverSoonAfterIt() {
    ListName list = repairable();
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    round(root, Duration.ZERO);
    assertThat(figures(list, "restart").automatic()).isOne();
    assertThat(figures(list, "restart").cleared()).isZero();
    assertThat(figures(list, "restart").inVain()).isZero();
    clear(root.key(), "down");
    round(root, Duration.ofSeconds(20));
    round(root, Duration.ofSeconds(20));
    Figures figures = figures(list, "restart");
    assertThat(figures.automatic()).isOne();
    assertThat(figures.cleared()).isOne();
    assertThat(figures.relapsed()).isZero();
    assertThat(figures.median()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
    assertThat(figures(list, "rebuild").automatic()).isZero();
  }

  @Test
  default void aRunWasInVainWhereTheAlarmIsOpenFiveMinutesLater() {
    ListName list = repairable();
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    round(root, Duration.ofMinutes(4));
    assertThat(figures(list, "restart").inVain()).isZero();
    round(root, Duration.ofMinutes(2));
    assertThat(figures(list, "restart").inVain()).isOne();
    clear(root.key(), "down");
    round(root, Duration.ofMinutes(1));
    assertThat(figures(list, "restart").cleared()).isZero();
  }

  @Test
  default void whatClearsAfterTheNextRunBeganIsThatOnesDoing() {
    ListName list = repairable();
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    ended(root, "rebuild", End.FINISHED);
    clear(root.key(), "down");
    round(root, Duration.ofSeconds(20));
    assertThat(figures(list, "restart").inVain()).isOne();
    assertThat(figures(list, "rebuild").cleared()).isOne();
  }

  @Test
  default void whatIsOpenAgainWithinADayHasRelapsed() {
    ListName list = repairable();
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    clear(root.key(), "down");
    round(root, Duration.ofSeconds(20));
    goesDown(root);
    clear(root.key(), "down");
    round(root, Duration.ofHours(2));
    assertThat(figures(list, "restart").cleared()).isOne();
    assertThat(figures(list, "restart").relapsed()).isOne();
  }

  @Test
  default void whatIsOpenAgainAfterADayIsAnotherMatter() {
    ListName list = repairable();
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    clear(root.key(), "down");
    round(root, Duration.ofSeconds(20));
    round(root, Duration.ofHours(25));
    goesDown(root);
    round(root, Duration.ofHours(1));
    assertThat(figures(list, "restart").relapsed()).isZero();
  }

  @Test
  default void whatNobodyAskedForAndWhatAPersonStartedAreCountedApart() {
    ListName list = repairable();
    ResourceRow root = down(list);
    SubjectKey run = startedBy(operator(), root);
    done(run, d -> d.ends(End.ABORTED, false));
    clear(root.key(), "down");
    round(root, Duration.ofSeconds(20));
    assertThat(figures(list, "restart").automatic()).isZero();
    assertThat(figures(list, "restart").byPeople()).isOne();
    assertThat(figures(list, "restart").inVain()).as("it was aborted before").isOne();
  }

  private SubjectKey startedBy(Stamp stamp, ResourceRow resource) {
    TaskStart start = start(resource, "restart");
    done(outcome(resource.key(), stamp, d -> d.start(start)));
    SubjectKey run = new SubjectKey(resource.uuid(), start.uuid());
    done(run, d -> d.enter("first", null, false));
    return run;
  }

  @Test
  default void whatNeverBeganOrRanWhileNothingWasWrongIsNoRepair() {
    ListName list = repairable();
    ResourceRow well = root(list);
    settle(well);
    ended(well, "restart", End.FINISHED);
    round(well, Duration.ZERO);
    ResourceRow root = down(list);
    TaskStart start = start(root, "restart");
    done(root.key(), d -> d.start(start));
    SubjectKey asking = new SubjectKey(root.uuid(), start.uuid());
    done(asking, d -> d.waitsFor(Admission.ASKS));
    done(asking, d -> d.ends(End.STOPPED, false));
    ended(root, "other", End.FINISHED);
    round(root, Duration.ZERO);
    assertThat(get(store().repairs().figures(lines(list))))
        .allSatisfy(it -> assertThat(it.automatic() + it.byPeople()).isZero());
  }

  @Test
  default void whatIsTakenDownIsNotCounted() {
    ListName list = repairable();
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    round(root, Duration.ZERO);
    done(root.key(), d -> d.over());
    round(root, Duration.ofSeconds(20));
    assertThat(figures(list, "restart").automatic()).isZero();
  }

  @Test
  default void aPageThatIsFullEndsWithItsLastRun() {
    ListName list = repairable();
    ResourceRow root = down(list);
    Instant from = now().minus(Duration.ofMinutes(1));
    SubjectKey first = ended(root, "restart", End.FINISHED);
    Instant endedAt = machine(first).endedAt();
    ended(root, "restart", End.FINISHED);
    Instant upto = get(store().repairs().note(lines(list), from, 1));
    assertThat(upto).isEqualTo(endedAt);
    assertThat(figures(list, "restart").automatic()).isOne();
    get(store().repairs().note(lines(list), upto, 10));
    assertThat(figures(list, "restart").automatic()).isEqualTo(2);
  }

  /** How the repair of this list's type stands. */
  default Standing doing(ListName list) {
    return get(store().repairs().standing(lines(list))).stream()
        .filter(it -> it.demotion().task().equals("restart"))
        .findFirst()
        .orElseThrow();
  }

  /** A run that does not help, on a resource of its own. */
  default void inVain(ListName list) {
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    round(root, Duration.ofMinutes(6));
  }

  @Test
  default void aTaskThatDoesNotWorkIsDemotedOnceAndPromotedByAPerson() {
    ListName list = repairable();
    inVain(list);
    assertThat(RepairBook.judge(doing(list))).as("one run is too few").isEmpty();
    inVain(list);
    assertThat(doing(list).judged()).isEqualTo(2);
    assertThat(doing(list).worked()).isZero();
    DemotionChange change = RepairBook.judge(doing(list)).orElseThrow();
    Demotion demotion = get(store().repairs().change(change, uuid())).orElseThrow();
    assertThat(get(store().repairs().change(change, uuid()))).as("another clock").isEmpty();
    assertThat(demotion.demoted()).isTrue();
    assertThat(demotion.reason())
        .isEqualTo("of its last 2 automatic runs 0 worked, less than 50 %");
    assertThat(get(store().demoted())).contains(list.type() + "/restart");
    assertThat(systemAlarms()).contains("demoted:" + list.type() + ":restart");
    assertThat(RepairBook.judge(doing(list))).isEmpty();

    RepairOperations operations = new RepairOperations(store().repairs(), this::uuid);
    By ann = new By(Cause.OPERATOR, "key:ann", "its disk is new", null);
    Standing promoted = get(operations.promote(list.type(), "restart", ann));
    assertThat(promoted.demotion().actor()).isEqualTo("key:ann");
    assertThat(get(store().demoted())).doesNotContain(list.type() + "/restart");
    assertThat(systemAlarms()).doesNotContain("demoted:" + list.type() + ":restart");
    assertThat(doing(list).judged()).as("it is counted anew").isZero();
    assertThatThrownBy(() -> get(operations.promote(list.type(), "restart", ann)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is not demoted");
    assertThatThrownBy(() -> get(operations.promote(list.type(), "rebuild", ann)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("does not say demoteBelow");
  }

  @Test
  default void aRunThatClearedOneOfTwoAlarmsIsOneThatHasWorked() {
    ListName list = repairable();
    for (int i = 0; i < 2; i++) {
      ResourceRow root = down(list);
      raise(root.key(), "slow", rules(Severity.WARNING, Duration.ZERO, null));
      ended(root, "restart", End.FINISHED);
      round(root, Duration.ZERO);
      clear(root.key(), "down");
      round(root, Duration.ofSeconds(20));
      round(root, Duration.ofMinutes(6));
    }
    assertThat(doing(list).judged()).isEqualTo(2);
    assertThat(doing(list).worked()).isEqualTo(2);
  }

  @Test
  default void whatRelapsedHasNotWorked() {
    ListName list = repairable();
    ResourceRow root = down(list);
    ended(root, "restart", End.FINISHED);
    clear(root.key(), "down");
    round(root, Duration.ofSeconds(20));
    assertThat(doing(list).worked()).isOne();
    goesDown(root);
    round(root, Duration.ofMinutes(1));
    assertThat(doing(list).judged()).isOne();
    assertThat(doing(list).worked()).isZero();
  }
}
