package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.AlarmType;
import dev.toygun.End;
import dev.toygun.Severity;
import dev.toygun.store.Admission;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.ListName;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition.BrakeDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where too many want a task none of them begins it, and one alarm says so. */
public interface BrakeContract extends AdmissionContract {
  /** A list of whose type the task {@code work} has this brake. */
  default ListName braked(int percent, boolean perParent) {
    ListName list = list();
    brake(list, percent, perParent);
    return list;
  }

  /** A worker publishes this brake of {@code work}. */
  default void brake(ListName list, int percent, boolean perParent) {
    publish(
        list,
        new LimitsDefinition(null, null, new BrakeDefinition(percent, perParent), false, null));
  }

  /** So many resources at rest. */
  default List<ResourceRow> fleet(ListName list, int size) {
    List<ResourceRow> fleet = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ResourceRow root = root(list);
      settle(root);
      fleet.add(root);
    }
    return fleet;
  }

  /** The same below a resource of another type. */
  default List<ResourceRow> fleet(ResourceRow top, ListName list, int size) {
    List<ResourceRow> fleet = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      var made = child(list, "c" + i);
      done(top.key(), d -> d.create(made));
      ResourceRow child = resource(made.uuid());
      settle(child);
      fleet.add(child);
    }
    return fleet;
  }

  /** Runs of these that wait for their turn. */
  default List<SubjectKey> want(List<ResourceRow> fleet) {
    return fleet.stream().map(this::waiting).toList();
  }

  /** What a clock does after it has let in: tells of brakes that hold. */
  default int tellOfBrakes() {
    return get(store().admissions().brake(this::uuid, tick()));
  }

  /** Whether the brake of {@code work} has an alarm at this resource. */
  default boolean isTold(UUID at, ListName list) {
    return history()
        .openAlarms(SubjectKey.ofResource(at))
        .contains(AlarmType.brake(list.type(), "work"));
  }

  private Alarm brakeAlarm(ResourceRow top, ListName list) {
    return alarm(top.key(), AlarmType.brake(list.type(), "work"));
  }

  private void release() {
    get(store().moveAlarms(tick(), 1_000));
  }

  /** The time goes by for which a brake holds after too many wanted the task. */
  private void settles(UUID at) {
    history().later(at, Duration.ofSeconds(121));
  }

  @Test
  default void noneIsLetInWhileMoreThanTheShareWantIt() {
    UUID system = new UUID(0, 0);
    ListName list = braked(20, false);
    List<ResourceRow> fleet = fleet(list, 10);
    List<SubjectKey> two = want(fleet.subList(0, 2));
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(two);
    assertThat(isTold(system, list)).isFalse();
    SubjectKey third = waiting(fleet.get(2));
    assertThat(letIn(list)).as("3 of 10 want it").isEmpty();
    tellOfBrakes();
    assertThat(isTold(system, list)).isTrue();
    assertThat(tellOfBrakes()).as("it is told once").isZero();
    release();
    assertThat(isTold(system, list)).as("it holds").isTrue();
    assertThat(task(two.get(0)).admission())
        .as("what has begun goes on")
        .isEqualTo(Admission.ADMITTED);

    done(two.get(0), d -> d.ends(End.FINISHED, false));
    assertThat(letIn(list)).as("who else is bad may not have been looked at again").isEmpty();
    release();
    assertThat(isTold(system, list)).as("it still holds").isTrue();
    settles(system);
    assertThat(letIn(list)).containsExactly(third);
    release();
    assertThat(isTold(system, list)).isFalse();
  }

  @Test
  default void oneIsAlwaysLetInThoughItIsAllThatThereIs() {
    ListName list = braked(20, false);
    List<ResourceRow> fleet = fleet(list, 3);
    SubjectKey one = waiting(fleet.get(0));
    assertThat(letIn(list)).containsExactly(one);
    waiting(fleet.get(1));
    assertThat(letIn(list)).isEmpty();
  }

  @Test
  default void eachParentHasABrakeOfItsOwnWhoseAlarmIsTheParents() {
    history().listen();
    ListName list = braked(20, true);
    ResourceRow bad = root();
    ResourceRow good = root();
    settle(bad);
    settle(good);
    List<SubjectKey> many = want(fleet(bad, list, 10).subList(0, 3));
    List<SubjectKey> few = want(fleet(good, list, 10).subList(0, 2));
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(few);
    tellOfBrakes();
    assertThat(isTold(bad.uuid(), list)).isTrue();
    assertThat(isTold(good.uuid(), list)).isFalse();
    Alarm alarm = brakeAlarm(bad, list);
    assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alarm.message())
        .startsWith(
            "suspect the monitor: 3 of 10 %s want 'work' at once, more than 20 %%"
                .formatted(list.type()));
    assertThat(history().told(alarm.key().uuid())).containsExactly("open critical");

    done(SubjectKey.ofResource(many.get(0).resource()), d -> d.stop("work"));
    done(many.get(0), d -> d.ends(End.STOPPED, false));
    settles(bad.uuid());
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(many.subList(1, 3));
    release();
    assertThat(history().told(alarm.key().uuid()))
        .containsExactly("open critical", "resolve critical");
  }

  @Test
  default void itsAlarmSaysHowManyWantItByNowAndNobodyIsToldAgain() {
    history().listen();
    ListName list = braked(20, true);
    ResourceRow top = root();
    settle(top);
    List<ResourceRow> fleet = fleet(top, list, 10);
    want(fleet.subList(0, 3));
    tellOfBrakes();
    want(fleet.subList(3, 8));
    history().later(top.uuid(), Duration.ofSeconds(11));
    tellOfBrakes();
    Alarm alarm = brakeAlarm(top, list);
    assertThat(alarm.message()).startsWith("suspect the monitor: 8 of 10");
    assertThat(history().told(alarm.key().uuid())).containsExactly("open critical");
    assertThat(history().alarmPath(alarm.key())).containsExactly("open");
    assertThat(tellOfBrakes()).as("nothing has changed").isZero();
  }

  @Test
  default void whoLiftsTheAlarmLetsAllInUntilThenAndNoLonger() {
    ListName list = braked(20, true);
    ResourceRow top = root();
    settle(top);
    List<ResourceRow> fleet = fleet(top, list, 10);
    List<SubjectKey> many = want(fleet.subList(0, 5));
    assertThat(letIn(list)).isEmpty();
    tellOfBrakes();
    UUID alarm = brakeAlarm(top, list).key().uuid();
    say(alarm, new AlarmCommand.Lift(now().plusSeconds(60)));
    assertThat(brakeAlarm(top, list).state()).isEqualTo(Alarm.State.LIFTED);
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(many);
    release();
    tellOfBrakes();
    assertThat(brakeAlarm(top, list).state()).as("they still are").isEqualTo(Alarm.State.LIFTED);
    SubjectKey later = waiting(fleet.get(5));
    assertThat(letIn(list)).containsExactly(later);

    waiting(fleet.get(6));
    afterwards(top, Duration.ofSeconds(61));
    assertThat(brakeAlarm(top, list).state()).isEqualTo(Alarm.State.OPEN);
    assertThat(letIn(list)).as("it holds again").isEmpty();
  }

  @Test
  default void whoeverTakesCareOfALiftedOneTakesTheLiftBack() {
    ListName list = braked(20, true);
    ResourceRow top = root();
    settle(top);
    List<ResourceRow> fleet = fleet(top, list, 5);
    want(fleet.subList(0, 3));
    tellOfBrakes();
    UUID alarm = brakeAlarm(top, list).key().uuid();
    say(alarm, new AlarmCommand.Lift(now().plusSeconds(60)));
    say(alarm, new AlarmCommand.Acknowledge(null));
    assertThat(letIn(list)).isEmpty();
  }

  @Test
  default void onlyABrakeIsLiftedAndOnlyForATimeToCome() {
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "down", rules(Severity.ERROR, Duration.ZERO, null));
    UUID down = alarm(root.key(), "down").key().uuid();
    assertThatThrownBy(() -> say(down, new AlarmCommand.Lift(now().plusSeconds(60))))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(Refusal.Code.WRONG_STATE))
        .hasMessageContaining("alarm down is not of a brake");
    ListName list = braked(20, true);
    want(fleet(root, list, 2));
    tellOfBrakes();
    UUID alarm = brakeAlarm(root, list).key().uuid();
    assertThatThrownBy(() -> say(alarm, new AlarmCommand.Lift(now().minusSeconds(60))))
        .hasMessageContaining("is past");
  }

  @Test
  default void aNewBuildThatDropsTheBrakeLetsAllInAndClosesItsAlarm() {
    ListName list = braked(20, true);
    ResourceRow top = root();
    settle(top);
    List<SubjectKey> all = want(fleet(top, list, 4));
    tellOfBrakes();
    assertThat(isTold(top.uuid(), list)).isTrue();
    publish(list, null);
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(all);
    release();
    assertThat(isTold(top.uuid(), list)).isFalse();
  }
}
