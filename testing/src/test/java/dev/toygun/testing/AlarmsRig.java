package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;

import dev.toygun.AlarmType;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import java.util.HashSet;
import java.util.Set;

/** Types whose alarms are looked at. */
abstract class AlarmsRig {
  static final TaskName WATCH = TaskName.of("watch");
  static final TaskName FIX = TaskName.of("fix");

  enum Here {
    UP
  }

  enum Doing {
    LOOK
  }

  /** What is down, by type. */
  final Set<String> down = new HashSet<>();

  int fixes;
  boolean fixHelps;

  TaskType<Doing> watch(String type) {
    return TaskType.of(
        WATCH,
        state(Doing.LOOK).decide(t -> t.stay().observe(!down.contains(type))).every(ofSeconds(5)));
  }

  TaskType<Doing> fix() {
    return TaskType.of(
        FIX,
        state(Doing.LOOK)
            .decide(
                t -> {
                  if (t.now().isAfter(java.time.Instant.EPOCH) && t.attempt() == 1) {
                    fixes++;
                  }
                  if (fixHelps) {
                    down.clear();
                  }
                  return t.finish();
                })
            .finishes());
  }

  ResourceType<Here> host(AlarmType... alarms) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay().ensure(WATCH)).rests())
        .tasks(watch("host"), fix())
        .availability(a -> a.uncertainAfter(1).offlineAfter(2))
        .alarms(alarms);
  }

  static AlarmType isDown() {
    return alarm("down", s -> s.availability() == OFFLINE);
  }
}
