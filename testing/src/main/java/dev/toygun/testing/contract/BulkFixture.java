package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.Bulk;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.BulkOrder;
import dev.toygun.store.BulkOrder.Action;
import dev.toygun.store.BulkOrder.Filter;
import dev.toygun.store.BulkOrder.Going;
import dev.toygun.store.Bulks;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.SignalDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the tests of bulk runs make and carry out some. */
public interface BulkFixture extends StoreFixture {
  /** As fast as it can, watched for a minute, halted by its first failure. */
  Going PLAIN = new Going(null, Duration.ofSeconds(1), 0, Duration.ofMinutes(1), 1, null);

  /** All that there are. */
  Filter ALL = new Filter(List.of(), null, null, null, null, "[]", null);

  /** A type with a task, a field and a signal. */
  default ListName fleet() {
    ListName list = list();
    publish(list, List.of());
    return list;
  }

  /** Publishes it, with these fields of its task. */
  default void publish(ListName list, List<FieldDefinition> args) {
    get(store().publish(List.of(definition(list, args)), "build-1").map(true));
  }

  /** It as data. */
  default TypeDefinition definition(ListName list, List<FieldDefinition> args) {
    StateDefinition first =
        new StateDefinition(
            "first",
            "decide",
            List.of(),
            false,
            false,
            true,
            true,
            List.of(new SignalDefinition("go", List.of())),
            null,
            null,
            1,
            0,
            List.of());
    TaskDefinition task =
        new TaskDefinition(
            "task0",
            false,
            false,
            false,
            false,
            false,
            null,
            "first",
            args,
            List.of(first),
            "",
            null,
            null,
            false);
    FieldDefinition size =
        new FieldDefinition("size", "integer", false, false, null, List.of("bulk"));
    return new TypeDefinition(
        list.type(),
        list.version(),
        "default",
        Priority.NORMAL,
        "first",
        List.of(size),
        List.of(first),
        List.of(task),
        List.of(),
        false,
        List.of(),
        "",
        null);
  }

  /** So many resources of it, at rest. */
  default List<ResourceRow> resources(ListName list, int many) {
    List<ResourceRow> all = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      ResourceRow one = root(list);
      settle(one);
      all.add(one);
    }
    return all;
  }

  /** One of all resources of this list. */
  default BulkOrder order(ListName list, Action action, @Nullable String task, Going going) {
    return new BulkOrder(list.type(), list.version(), ALL, action, task, null, "{}", going);
  }

  /** A bulk run that was just asked for. */
  default UUID ask(BulkOrder order) {
    UUID uuid = uuid();
    get(store().bulks().ask(Bulk.asked(uuid, order, "key:ops", "because", "trace-1", now())));
    return uuid;
  }

  /** What clocks do as long as there is something to do at once; how often that was. */
  default int go(UUID bulk) {
    int steps = 0;
    Bulks.Step step;
    do {
      step = step(bulk, 100);
      steps++;
      assertThat(steps).isLessThan(100);
    } while (step.more());
    return steps;
  }

  /** A page. */
  default Bulks.Step step(UUID bulk, int page) {
    return get(store().bulks().step(bulk, page, this::uuid, clock("clock-1")));
  }

  /** A clock's stamp. */
  default Stamp clock(String id) {
    return new Stamp(Cause.API, "system", id, "build-1", null, null, Stamp.Delays.NONE);
  }

  /** It as it is now. */
  default Bulk bulk(UUID uuid) {
    Bulk bulk = get(store().bulks().bulk(uuid));
    assertThat(bulk).isNotNull();
    return java.util.Objects.requireNonNull(bulk);
  }

  /** Says something to it. */
  default Bulk say(UUID bulk, Bulk.Command command) {
    return get(store().bulks().command(bulk, command, By.operator("key:ops")));
  }

  /** Its items, by their resources. */
  default List<Bulk.Item> items(UUID bulk) {
    return get(store().bulks().items(bulk, null, null, 1000)).stream()
        .map(Bulks.Seen::item)
        .toList();
  }

  /** How many items have which result. */
  default void assertCounts(UUID bulk, Map<Result, Integer> expected) {
    Bulk is = bulk(bulk);
    for (Result result : Result.values()) {
      long counted = items(bulk).stream().filter(i -> i.result() == result).count();
      assertThat(is.count(result)).as(result.stored()).isEqualTo(counted);
      assertThat(counted).as(result.stored()).isEqualTo((long) expected.getOrDefault(result, 0));
    }
  }

  /** The latest run of the task. */
  default TaskRow run(ResourceRow resource) {
    return family(resource.uuid()).task("task0").orElseThrow();
  }

  /** The run goes on: out of {@code __new__}. */
  default SubjectKey begins(ResourceRow resource) {
    SubjectKey key = run(resource).key();
    done(key, d -> d.enter("first", null, false));
    return key;
  }
}
