package dev.toygun;

import dev.toygun.Limits.Rate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A resource type in the making, so that each method of {@link ResourceType} names one thing. */
final class Draft<S extends Enum<S>> {
  private final String name;
  private final Machine<S> machine;
  private List<Field<?>> fields = List.of();
  private List<TaskType<?>> tasks = List.of();
  private int version = 1;
  private final Map<Integer, UnaryOperator<Map<String, Object>>> upgrades = new HashMap<>();
  private AvailabilityRule availability = AvailabilityRule.DEFAULT;
  private List<String> seesChildren = List.of();
  private boolean seesParent;
  private List<AlarmType> alarms = List.of();
  private @Nullable OnPanic onPanic;
  private String queue = ResourceType.DEFAULT_QUEUE;
  private Priority priority = Priority.NORMAL;
  private Duration keep = Keep.RESOURCE;
  private @Nullable Rate restarts;
  private @Nullable Quota quota;

  Draft(String name, Machine<S> machine) {
    this.name = name;
    this.machine = machine;
  }

  Draft(ResourceType<S> from) {
    this(from.name(), from.machine());
    fields = from.fields();
    tasks = from.tasks();
    version = from.version();
    upgrades.putAll(from.upgrades());
    availability = from.availability();
    seesChildren = from.seesChildren();
    seesParent = from.seesParent();
    alarms = from.alarms();
    onPanic = from.onPanic();
    queue = from.queue();
    priority = from.priority();
    keep = from.keep();
    restarts = from.restarts();
    quota = from.quota();
  }

  Draft<S> fields(List<Field<?>> fields) {
    this.fields = fields;
    return this;
  }

  Draft<S> tasks(List<TaskType<?>> tasks) {
    this.tasks = tasks;
    return this;
  }

  Draft<S> version(int version) {
    this.version = version;
    return this;
  }

  Draft<S> upgrade(int from, UnaryOperator<Map<String, Object>> step) {
    upgrades.put(from, step);
    return this;
  }

  Draft<S> availability(AvailabilityRule rule) {
    this.availability = rule;
    return this;
  }

  Draft<S> seesChildren(List<String> types) {
    this.seesChildren = types;
    return this;
  }

  Draft<S> seesParent() {
    this.seesParent = true;
    return this;
  }

  Draft<S> alarms(List<AlarmType> alarms) {
    this.alarms = alarms;
    return this;
  }

  Draft<S> onPanic(OnPanic handler) {
    this.onPanic = handler;
    return this;
  }

  Draft<S> queue(String name) {
    this.queue = name;
    return this;
  }

  Draft<S> priority(Priority priority) {
    this.priority = priority;
    return this;
  }

  Draft<S> keep(Duration time) {
    this.keep = time;
    return this;
  }

  Draft<S> restarts(Rate rate) {
    restarts = rate;
    return this;
  }

  Draft<S> quota(Quota quota) {
    this.quota = quota;
    return this;
  }

  ResourceType<S> build() {
    return new ResourceType<>(
        name,
        machine,
        fields,
        tasks,
        version,
        upgrades,
        availability,
        seesChildren,
        seesParent,
        alarms,
        onPanic,
        queue,
        priority,
        keep,
        restarts,
        quota);
  }
}
