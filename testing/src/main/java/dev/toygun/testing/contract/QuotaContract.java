package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.toygun.End;
import dev.toygun.Priority;
import dev.toygun.store.Due.Relisted;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Quotas.Heavy;
import dev.toygun.store.Quotas.Line;
import dev.toygun.store.Quotas.Sinking;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.QuotaDefinition;
import dev.toygun.store.Usage.Spent;
import dev.toygun.store.Usages;
import dev.toygun.store.Usages.Item;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who uses more than their quota is told, once, until they use less. */
public interface QuotaContract extends UsageContract {
  /** The names of the alarms of the system that are open. */
  Set<String> systemAlarms();

  /** Who of the resources of this type is heavy, where one may use so many seconds in 10 min. */
  default List<Heavy> heavy(ResourceRow whose, double quota) {
    return get(
        store().usages().quotas().judge(List.of(new Line(whose.type(), quota, 600)), this::uuid));
  }

  private static String alarm(ResourceRow of) {
    return "heavy:" + of.type() + ":" + of.uuid();
  }

  @Test
  default void whoUsesMoreThanItsQuotaWithAllThatIsBelowIsHeavyAndWhoIsBelowIsNot() {
    ResourceRow customer = root();
    settle(customer);
    ResourceRow site = childOf(customer, "site");
    ResourceRow page = childOf(site, "page");
    charge(page, "check", true, new Spent(9, 3, 100, 1));
    charge(site, "", true, ran(2));
    charge(customer, "", true, ran(3));
    charge(customer, "", false, ran(100));
    assertThat(heavy(customer, 9.01)).isEmpty();
    assertThat(systemAlarms()).doesNotContain(alarm(customer));
    assertThat(heavy(customer, 9))
        .containsExactly(
            new Heavy(new Line(customer.type(), 9, 600), customer.uuid(), customer.label(), 9));
    assertThat(systemAlarms()).contains(alarm(customer)).doesNotContain(alarm(site));
    assertThat(heavy(customer, 9)).as("again").hasSize(1);
    assertThat(usage(customer, Usages.By.RESOURCE, customer.uuid()).items())
        .extracting(Item::label, Item::heavy)
        .containsExactlyInAnyOrder(
            tuple(customer.label(), true), tuple("site", false), tuple("page", false));
  }

  @Test
  default void whoIsHeavyIsSoUntilItUsesLessThanFourFifthsOfItsQuota() {
    ResourceRow customer = root();
    charge(customer, "", true, ran(8));
    assertThat(heavy(customer, 10)).as("that is less than all of it").isEmpty();
    assertThat(heavy(customer, 8)).hasSize(1);
    assertThat(heavy(customer, 10)).as("it was heavy").hasSize(1);
    assertThat(systemAlarms()).contains(alarm(customer));
    assertThat(heavy(customer, 10.01)).isEmpty();
    assertThat(systemAlarms()).doesNotContain(alarm(customer));
  }

  @Test
  default void whoHasEndedOrHasNoQuotaAnyMoreIsNotHeavy() {
    ResourceRow customer = root();
    charge(customer, "", true, ran(8));
    assertThat(heavy(customer, 1)).hasSize(1);
    assertThat(get(store().usages().quotas().judge(List.of(), this::uuid))).isEmpty();
    assertThat(systemAlarms()).doesNotContain(alarm(customer));
    assertThat(heavy(customer, 1)).hasSize(1);
    done(customer.key(), d -> d.ends(End.FINISHED, false));
    assertThat(heavy(customer, 1)).isEmpty();
    assertThat(systemAlarms()).doesNotContain(alarm(customer));
  }

  @Test
  default void aQuotaIsWhatTheNewestVersionOfATypeSays() {
    ListName list = list();
    quota(list, 1, new QuotaDefinition(1.5, 60));
    assertThat(declared(list)).containsExactly(new Line(list.type(), 1.5, 60));
    quota(list, 2, new QuotaDefinition(30, 600));
    assertThat(declared(list)).containsExactly(new Line(list.type(), 30, 600));
    quota(list, 3, null);
    assertThat(declared(list)).isEmpty();
  }

  private List<UUID> sinking(ResourceRow whose) {
    return get(store().usages().quotas().sinking(1_000)).stream()
        .filter(one -> one.list().type().equals(whose.type()))
        .map(Sinking::resource)
        .toList();
  }

  private long sink(ResourceRow... resources) {
    List<UUID> uuids = Stream.of(resources).map(ResourceRow::uuid).toList();
    return get(store().usages().quotas().sink(uuids));
  }

  private int priority(SubjectKey key) {
    return machine(key).list().priority();
  }

  @Test
  default void whatUsesMostBelowAHeavyOneGoesAfterOthersWithItsTasks() {
    ResourceRow customer = root();
    settle(customer);
    ResourceRow site = childOf(customer, "site");
    ResourceRow page = childOf(site, "page");
    ResourceRow other = root(customer.machine().list());
    SubjectKey task = running(site, "task", true);
    charge(customer, "", true, ran(0.09));
    charge(site, "", true, ran(2));
    charge(page, "", true, ran(4));
    charge(other, "", true, ran(5));
    assertThat(sinking(customer)).as("nobody is heavy").isEmpty();
    assertThat(heavy(customer, 6.05)).extracting(Heavy::resource).containsExactly(customer.uuid());
    assertThat(sinking(customer)).containsExactly(page.uuid(), site.uuid());
    MachineRow before = machine(task);
    assertThat(sink(site, other, customer)).as("both, and the task").isEqualTo(3);
    assertThat(List.of(site.key(), task, customer.key())).allMatch(key -> priority(key) == 9);
    assertThat(List.of(other.key(), page.key())).allMatch(key -> priority(key) == 5);
    assertThat(machine(task).version()).isEqualTo(before.version());
    assertThat(machine(task).wakes()).isEqualTo(before.wakes());
    assertThat(sinking(customer)).containsExactly(page.uuid());
    assertThat(sink(site)).isZero();
  }

  @Test
  default void whatHasSunkFollowsItsTypeAndRisesOnlyOnceNobodyAboveItIsHeavy() {
    ResourceRow customer = root();
    SubjectKey polls = running(customer, "polls", false);
    done(polls, d -> d.polls(7));
    charge(customer, "", true, ran(2));
    assertThat(heavy(customer, 2)).hasSize(1);
    assertThat(sink(customer)).isEqualTo(2);
    ListName low = machine(customer.key()).list();
    ListName home = low.priority(Priority.HIGH);
    assertThat(relist(low, home).rows()).isZero();
    assertThat(List.of(customer.key(), polls)).allMatch(key -> priority(key) == 9);
    ListName moved = new ListName("big", low.type(), low.version(), Priority.HIGH.stored());
    assertThat(relist(low, moved).rows()).isEqualTo(2);
    ListName there = moved.priority(Priority.LOW);
    assertThat(List.of(customer.key(), polls)).allMatch(key -> machine(key).list().equals(there));
    assertThat(heavy(customer, 100)).isEmpty();
    assertThat(relist(there, moved).rows()).isEqualTo(2);
    assertThat(List.of(customer.key(), polls)).allMatch(key -> machine(key).list().equals(moved));
  }

  private Relisted relist(ListName from, ListName to) {
    return get(store().relist(from, to, new UUID(0, 0), 100));
  }

  @Test
  default void whatIsInAQueueOnHoldStaysWhereItIs() {
    ListName held = new ListName("held" + list().type(), list().type(), 1, 5);
    ResourceRow customer = root(held);
    charge(customer, "", true, ran(2));
    assertThat(heavy(customer, 2)).hasSize(1);
    Hold.Request asked =
        new Hold.Request(
            uuid(), Hold.Scope.QUEUE, null, held.queue(), "why", now().plusSeconds(3600));
    get(store().hold(asked, operator()));
    assertThat(sink(customer)).isZero();
    assertThat(priority(customer.key())).isEqualTo(5);
  }

  /** Begun by a worker that had read its resource before. */
  private SubjectKey begunLate(ResourceRow resource, TaskStart late) {
    done(resource.key(), d -> d.start(late));
    SubjectKey task = new SubjectKey(resource.uuid(), late.uuid());
    done(task, d -> d.enter("first", null, false));
    done(task, d -> d.polls(9));
    return task;
  }

  @Test
  default void aTaskOfWhatHasSunkThatWasLeftBehindSinksToo() {
    ResourceRow customer = root();
    TaskStart late = start(customer, "late");
    charge(customer, "", true, ran(2));
    assertThat(heavy(customer, 2)).hasSize(1);
    assertThat(sink(customer)).isOne();
    SubjectKey task = begunLate(customer, late);
    assertThat(priority(task)).isEqualTo(5);
    assertThat(sinking(customer)).containsExactly(customer.uuid());
    assertThat(sink(customer)).isOne();
    assertThat(priority(task)).isEqualTo(9);
    assertThat(sinking(customer)).isEmpty();
  }

  @Test
  default void aTaskThatWasLeftInTheLowListRisesThoughThoseOfHeavyOnesStayThere() {
    ResourceRow customer = root();
    ListName home = customer.machine().list();
    ListName low = home.priority(Priority.LOW);
    ResourceRow other = root(low);
    TaskStart late = start(other, "late");
    assertThat(relist(low, home).rows()).isOne();
    SubjectKey left = begunLate(other, late);
    for (int i = 0; i < 3; i++) {
      SubjectKey polls = running(customer, "polls" + i, false);
      done(polls, d -> d.polls(7));
    }
    charge(customer, "", true, ran(2));
    assertThat(heavy(customer, 2)).hasSize(1);
    assertThat(sink(customer)).isEqualTo(4);
    assertThat(machine(left).list()).isEqualTo(low);
    Relisted relisted = get(store().relist(low, home, new UUID(0, 0), 3));
    assertThat(relisted.rows()).isOne();
    assertThat(relisted.through()).isTrue();
    assertThat(machine(left).list()).isEqualTo(home);
    assertThat(priority(customer.key())).isEqualTo(9);
  }

  private List<Line> declared(ListName list) {
    return get(store().usages().quotas().declared()).stream()
        .filter(line -> line.type().equals(list.type()))
        .toList();
  }

  private void quota(ListName list, int version, @Nullable QuotaDefinition quota) {
    TypeDefinition type =
        new TypeDefinition(
            list.type(),
            version,
            "default",
            Priority.NORMAL,
            "first",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false,
            List.of(),
            "",
            null,
            null,
            quota);
    get(store().publish(List.of(type), "build-" + version));
  }
}
