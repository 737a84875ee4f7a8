package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.codec.Decorated;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.BulkOrder;
import dev.toygun.store.BulkOrder.Action;
import dev.toygun.store.BulkOrder.Filter;
import dev.toygun.store.Bulks;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.ListName;
import dev.toygun.store.Outcome;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a filter by an indexed field finds: what one by any other would. */
public interface IndexContract extends IndexFixture {
  /** What fields are set to; the last one is longer than what an index holds as it is. */
  List<String> VALUES = List.of("i-1", "i-2", "", "Ä \\ \"", "x".repeat(3_000));

  @Test
  default void whatAFieldHasIsFoundByItWhoeverWroteIt() {
    ListName list = list();
    indexed(list, 1, "outside");
    written();
    ResourceRow made = with(list, "i-1");
    ResourceRow ticked = with(list, null);
    done(ticked.key(), d -> d.attrs(outside("i-1"), List.of("outside")));
    ResourceRow parent = root();
    ChildCreate child = new ChildCreate(uuid(), "child", outside("i-1"), list, BuiltIn.NEW);
    done(parent.key(), d -> d.create(child));
    ResourceRow owner = with(list, "i-0");
    SubjectKey task = running(owner, "task0", false);
    OwnerWrite.Fields fields = new OwnerWrite.Fields(outside("i-1"), 1);
    long version = resource(owner.uuid()).machine().version();
    done(
        task,
        d -> {
          d.owner(new OwnerWrite(version, fields, null), List.of("outside"));
          d.ends(End.FINISHED, false);
        });
    assertThat(found(list, "i-1"))
        .containsExactlyInAnyOrder(made.uuid(), ticked.uuid(), child.uuid(), owner.uuid());
    assertThat(found(list, "i-0")).isEmpty();
    done(made.key(), d -> d.attrs("{}", List.of("outside")));
    assertThat(found(list, "i-1")).hasSize(3).doesNotContain(made.uuid());
  }

  @Test
  default void whatIsOlderThanItsIndexIsFoundAllTheWhile() {
    ListName list = list();
    Set<UUID> all = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      all.add(with(list, "i-1").uuid());
    }
    indexed(list, 1, "outside");
    assertThat(found(list, "i-1")).isEqualTo(all);
    get(store().indexes().declare());
    boolean more = true;
    for (int i = 0; more && i < 20; i++) {
      more = get(store().indexes().fill(2));
      all.add(with(list, "i-1").uuid());
      assertThat(found(list, "i-1")).as("after page %d", i).isEqualTo(all);
    }
  }

  @Test
  default void aBulkRunIsOfThoseThatTheFieldFinds() {
    ListName list = list();
    indexed(list, 1, "outside");
    written();
    with(list, "i-2");
    List<UUID> some = List.of(with(list, "i-1").uuid(), with(list, "i-1").uuid());
    UUID bulk = ask(order(list, "i-1", "outside"));
    go(bulk);
    assertThat(items(bulk)).extracting(i -> i.resource()).containsExactlyElementsOf(some);
    assertCounts(bulk, Map.of(Result.BEGUN, 2));
  }

  @Test
  default void aCommitThatIsOvertakenLeavesWhatIsFound() {
    ListName list = list();
    indexed(list, 1, "outside");
    written();
    ResourceRow one = with(list, "i-1");
    Outcome late = outcome(one.key(), d -> d.attrs(outside("late"), List.of("outside")));
    done(one.key(), d -> d.attrs(outside("i-2"), List.of("outside")));
    assertThat(commit(late)).containsExactly(new Committed.Fenced());
    assertThat(found(list, "late")).isEmpty();
    assertThat(found(list, "i-2")).containsExactly(one.uuid());
  }

  @Test
  default void aRenamedFieldIsFoundUnderItsFormerNamesToo() {
    ListName list = list();
    indexed(list, 1, "outside");
    written();
    ResourceRow old = with(list, "i-1");
    indexed(list, 2, "elsewhere", "outside");
    assertThat(found(list, "i-1", "elsewhere", "outside")).containsExactly(old.uuid());
    written();
    assertThat(found(list, "i-1", "elsewhere", "outside")).containsExactly(old.uuid());
    done(
        old.key(),
        d -> d.attrs("{\"elsewhere\":\"i-2\",\"outside\":\"i-1\"}", List.of("elsewhere")));
    assertThat(found(list, "i-2", "elsewhere", "outside")).containsExactly(old.uuid());
    assertThat(found(list, "i-1", "elsewhere", "outside")).isEmpty();
    done(old.key(), d -> d.attrs("{\"was\":\"i-3\"}", List.of("was")));
    indexed(list, 3, "elsewhere", "outside", "was");
    assertThat(found(list, "i-3", "elsewhere", "outside", "was")).containsExactly(old.uuid());
  }

  @Test
  default void afterAnyChangesAFilterFindsWhatHasTheValue() {
    long seed = now().toEpochMilli();
    System.out.println("IndexContract: seed " + seed);
    Random random = new Random(seed);
    ListName list = list();
    List<ResourceRow> all = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("outside"));
    for (int i = 0; i < 150; i++) {
      String what = step(random, list, all, names);
      Map<String, Set<UUID>> has = new HashMap<>();
      for (ResourceRow row : all) {
        Map<String, @Nullable Object> attrs =
            Decorated.parseFields(resource(row.uuid()).machine().attrs());
        names.stream()
            .filter(attrs::containsKey)
            .findFirst()
            .ifPresent(
                name ->
                    has.computeIfAbsent(String.valueOf(attrs.get(name)), v -> new HashSet<>())
                        .add(row.uuid()));
      }
      for (String value : VALUES) {
        assertThat(found(list, value, names.toArray(String[]::new)))
            .as("seed %d, step %d: %s", seed, i, what)
            .isEqualTo(has.getOrDefault(value, Set.of()));
      }
    }
  }

  private String step(Random random, ListName list, List<ResourceRow> all, List<String> names) {
    String value = VALUES.get(random.nextInt(VALUES.size()));
    int what = all.size() < 3 ? 0 : random.nextInt(10);
    ResourceRow one = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    if (one == null || what <= 1) {
      all.add(with(list, random.nextInt(4) == 0 ? null : value));
      return "made";
    } else if (what <= 4) {
      done(one.key(), d -> d.attrs(attrs(names.get(0), value), List.of("outside")));
      return "set";
    } else if (what == 5) {
      String last = names.get(names.size() - 1);
      done(one.key(), d -> d.attrs(attrs(last, value), List.of("outside")));
      return "set under a former name";
    } else if (what == 6) {
      done(one.key(), d -> d.attrs("{\"other\":true}", List.of("outside")));
      return "unset";
    } else if (what == 7 && names.size() < 3) {
      names.add(0, "renamed" + names.size());
      indexed(list, names.size(), names.toArray(String[]::new));
      get(store().indexes().declare());
      return "renamed";
    } else if (what == 8) {
      indexed(list, names.size(), names.toArray(String[]::new));
      get(store().indexes().declare());
      return "indexed";
    }
    get(store().indexes().fill(1 + random.nextInt(4)));
    return "filled";
  }

  private static String attrs(String name, String value) {
    return Decorated.format(Map.of(name, value, "other", "i-1"));
  }

  private BulkOrder order(ListName list, String value, String... names) {
    Filter filter = new Filter(List.of(), null, null, null, null, asked(value, names), null);
    return new BulkOrder(list.type(), 1, filter, Action.START, "task0", null, "{}", PLAIN);
  }

  private Set<UUID> found(ListName list, String value) {
    return found(list, value, "outside");
  }

  private Set<UUID> found(ListName list, String value, String... names) {
    Bulks.Preview preview = get(store().bulks().preview(order(list, value, names), 1_000));
    Set<UUID> found = new HashSet<>();
    preview.few().forEach(one -> found.add(one.uuid()));
    assertThat(preview.count()).isEqualTo(found.size());
    return found;
  }
}
