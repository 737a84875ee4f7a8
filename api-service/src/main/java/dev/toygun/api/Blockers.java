package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.TaskStatus;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Views.Around;
import dev.toygun.store.Views.Child;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a resource that was asked to go still waits for: its tasks first, and then its children. */
final class Blockers {
  private Blockers() {}

  static JsonArray of(Family family, Around around) {
    JsonArray all = new JsonArray();
    MachineRow own = family.resource().machine();
    if (family.resource().deleting() == Deleting.NO || !own.active()) {
      return all;
    }
    List<TaskRow> tasks = family.tasks().stream().filter(t -> t.machine().active()).toList();
    tasks.forEach(task -> all.add(task(task)));
    if (tasks.isEmpty()) {
      around.eldest().forEach(child -> all.add(child(child)));
    }
    if (family.resource().deleting() == Deleting.BEGUN && isStuck(own.state())) {
      all.add(
          new JsonObject()
              .put("what", "resource")
              .put("uuid", family.resource().uuid().toString())
              .put("name", family.resource().type() + "/" + family.resource().label())
              .put("state", own.state())
              .put(
                  "why",
                  "it is stuck itself: retry it, rewind it (to before its teardown it lives on), or"
                      + " :abandon it, which cleans nothing up"));
    }
    return all;
  }

  private static JsonObject task(TaskRow task) {
    boolean panicked = task.status() == TaskStatus.PANICKED;
    return new JsonObject()
        .put("what", "task")
        .put("uuid", task.key().uuid().toString())
        .put("name", task.name())
        .put("state", task.machine().state())
        .put(
            "why",
            panicked
                ? "it has panicked: retry it, or abort it"
                : task.machine().state().equals(BuiltIn.EXIT) ? "it cleans up" : "it is ending");
  }

  private static JsonObject child(Child child) {
    return new JsonObject()
        .put("what", "child")
        .put("uuid", child.uuid().toString())
        .put("name", child.type() + "/" + child.label())
        .put("state", child.state())
        .put(
            "why",
            isStuck(child.state())
                ? "it is stuck: retry or rewind it, or :abandon it, which cleans nothing up"
                : "it has to end first: look what it waits for");
  }

  private static boolean isStuck(String state) {
    return state.equals(BuiltIn.PANIC) || state.equals(BuiltIn.TIMEOUT);
  }
}
