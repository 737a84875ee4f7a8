package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.Priority;
import dev.toygun.store.ListName;
import dev.toygun.store.Quotas.Heavy;
import dev.toygun.store.Quotas.Line;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.QuotaDefinition;
import dev.toygun.store.Usage.Spent;
import java.util.List;
import java.util.Set;
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
