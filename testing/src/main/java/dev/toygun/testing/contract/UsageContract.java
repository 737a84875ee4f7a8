package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.ChildCreate;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Usage;
import dev.toygun.store.Usage.Spent;
import dev.toygun.store.Usages;
import dev.toygun.store.Usages.Item;
import dev.toygun.store.Usages.Report;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ticks have used is charged to whom it belongs. */
public interface UsageContract extends AlarmContract {
  /** What all of this type and task have used, or one that a sample has kept. */
  default void charge(ResourceRow whose, String task, boolean sampled, Spent spent) {
    UUID resource = sampled ? whose.uuid() : null;
    get(store().charge(List.of(new Usage(whose.type(), task, resource, spent))).map(true));
  }

  /** So many seconds of code, with one tick. */
  default Spent ran(double seconds) {
    return new Spent(1, seconds, 0, 0);
  }

  /** What resources of this type have used in the last minutes. */
  default Report usage(ResourceRow whose, Usages.By by, @Nullable UUID under) {
    return get(
        store()
            .usages()
            .usage(
                new Usages.Question(by, Duration.ofMinutes(10), under, Set.of(whose.type()), 100)));
  }

  /** Whom this was charged to, as {@code who=seconds}, the most first. */
  default List<String> charged(Report report) {
    return report.items().stream()
        .map(i -> (i.resource() == null ? i.task() : i.label()) + "=" + i.spent().ran())
        .toList();
  }

  @Test
  default void whatIsSaidTwiceAddsUpAndTheMostComesFirst() {
    ResourceRow root = root();
    charge(root, "slow", false, new Spent(1, 2, 3, 4));
    charge(root, "slow", false, new Spent(1, 2, 3, 4));
    charge(root, "", false, ran(1));
    Report tasks = usage(root, Usages.By.TASK, null);
    assertThat(tasks.items())
        .containsExactly(
            new Item(root.type(), "slow", null, "", new Spent(2, 4, 6, 8)),
            new Item(root.type(), "", null, "", ran(1)));
    assertThat(tasks.total()).isEqualTo(new Spent(3, 5, 6, 8));
    assertThat(Duration.between(tasks.from(), tasks.to()))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    assertThat(usage(root, Usages.By.TYPE, null).items())
        .containsExactly(new Item(root.type(), "", null, "", new Spent(3, 5, 6, 8)));
    assertThat(usage(root, Usages.By.RESOURCE, null).items())
        .as("nobody's in particular")
        .isEmpty();
  }

  @Test
  default void whatAResourceUsedIsItsRootsAndThatOfEachBetween() {
    ResourceRow customer = root();
    settle(customer);
    ResourceRow site = childOf(customer, "site");
    ResourceRow page = childOf(site, "page");
    ResourceRow other = root(customer.machine().list());
    charge(page, "check", true, ran(5));
    charge(page, "", true, ran(1));
    charge(site, "", true, ran(2));
    charge(customer, "", true, ran(3));
    charge(other, "", true, ran(4));
    String all = customer.label() + "=11.0";
    assertThat(charged(usage(customer, Usages.By.TREE, null)))
        .containsExactly(all, other.label() + "=4.0");
    assertThat(charged(usage(customer, Usages.By.TREE, customer.uuid())))
        .as("its child with what is below, and what it used itself")
        .containsExactly("site=8.0", customer.label() + "=3.0");
    assertThat(charged(usage(customer, Usages.By.RESOURCE, customer.uuid())))
        .containsExactly("page=6.0", customer.label() + "=3.0", "site=2.0");
    assertThat(charged(usage(customer, Usages.By.TASK, site.uuid())))
        .containsExactly("check=5.0", "=3.0");
    assertThat(usage(customer, Usages.By.TYPE, site.uuid()).total().ran()).isEqualTo(8);
    assertThat(usage(customer, Usages.By.TREE, other.uuid()).total().ticks()).isOne();
  }

  @Test
  default void whatSomebodyUsedWhoIsGoneIsItsOwn() {
    ResourceRow root = root();
    UUID gone = uuid();
    get(store().charge(List.of(new Usage(root.type(), "", gone, ran(1)))).map(true));
    assertThat(usage(root, Usages.By.TREE, null).items())
        .containsExactly(new Item(root.type(), "", gone, "", ran(1)));
  }

  @Test
  default void whoMaySeeOneTypeSeesNothingOfAnother() {
    ResourceRow customer = root();
    settle(customer);
    ChildCreate made = child(list(), "below");
    done(customer.key(), d -> d.create(made));
    ResourceRow below = resource(made.uuid());
    charge(customer, "", true, ran(1));
    charge(below, "", true, ran(2));
    charge(below, "", false, ran(2));
    assertThat(usage(below, Usages.By.TYPE, null).total()).isEqualTo(ran(2));
    Report tree = usage(below, Usages.By.TREE, null);
    assertThat(tree.total()).isEqualTo(ran(2));
    assertThat(tree.items()).as("its root is of the other type").isEmpty();
    assertThat(usage(customer, Usages.By.TREE, null).total()).isEqualTo(ran(1));
  }

  @Test
  default void noMoreAreAnsweredThanWereAskedForAndTheWholeIsOfAll() {
    ResourceRow root = root();
    charge(root, "a", false, ran(1));
    charge(root, "b", false, ran(2));
    Report report =
        get(
            store()
                .usages()
                .usage(
                    new Usages.Question(
                        Usages.By.TASK, Duration.ofMinutes(1), null, Set.of(root.type()), 1)));
    assertThat(charged(report)).containsExactly("b=2.0");
    assertThat(report.total()).isEqualTo(new Spent(2, 3, 0, 0));
  }

  @Test
  default void whatIsFreshIsNotRemoved() {
    ResourceRow root = root();
    charge(root, "a", false, ran(1));
    get(store().usages().remove(1_000));
    assertThat(charged(usage(root, Usages.By.TASK, null))).containsExactly("a=1.0");
  }
}
