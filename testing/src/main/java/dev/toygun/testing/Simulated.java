package dev.toygun.testing;

import static dev.toygun.BuiltIn.RESTART_TASK;

import dev.toygun.Availability;
import dev.toygun.Failure;
import dev.toygun.Field;
import dev.toygun.Limits;
import dev.toygun.Ref;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.SignalType;
import dev.toygun.Snapshot;
import dev.toygun.TaskName;
import dev.toygun.TaskView;
import dev.toygun.Values;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.By;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Hold;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition.SignalDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.worker.Definitions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resource in a {@link Simulation}: what an operator sees of it, and may ask of it. Requests are
 * carried out as the API carries them out, and fail as there, with a {@link
 * dev.toygun.store.Refusal}.
 */
public class Simulated implements Snapshot {
  private static final By OPERATOR = By.operator("key:test");

  final World world;
  private final UUID uuid;
  private final String type;

  Simulated(World world, UUID uuid, String type) {
    this.world = world;
    this.uuid = uuid;
    this.type = type;
  }

  /** Its type, as the workers define it now. */
  ResourceType<?> type() {
    return world.types.find(type).orElseThrow();
  }

  /** Makes sure that the row is there. */
  void begin() {}

  ResourceRow row() {
    begin();
    return world
        .store
        .resource(uuid)
        .orElseThrow(() -> new IllegalStateException("there is no resource " + uuid));
  }

  public UUID uuid() {
    return uuid;
  }

  /** A reference to it. */
  public Ref ref() {
    return new Ref(type, uuid);
  }

  /** The stored name of its state. */
  public String state() {
    return row().machine().state();
  }

  /** Whether it has not ended. */
  public boolean active() {
    return row().machine().active();
  }

  @Override
  public <T> Optional<T> find(Field<T> field) {
    return new Fields(world).ofResource(row(), field);
  }

  @Override
  public Optional<TaskView> taskView(TaskName name) {
    begin();
    return world.store.task(uuid, name.value()).map(task -> new SimulatedTask(world, type(), task));
  }

  /** The active children of this type, as others see them; see also {@link #child}. */
  @Override
  public List<ResourceView> children(String childType) {
    return world.store.resources().stream()
        .filter(r -> row().uuid().equals(r.parent()) && r.machine().active())
        .filter(r -> r.type().equals(childType))
        .<ResourceView>map(r -> new SimulatedView(world, r))
        .toList();
  }

  /** The newest child of this type and label, whether or not it has ended. */
  public Simulated child(String childType, String label) {
    return world.store.resources().stream()
        .filter(r -> row().uuid().equals(r.parent()) && r.type().equals(childType))
        .filter(r -> r.label().equals(label))
        .reduce((older, newer) -> newer)
        .map(found -> new Simulated(world, found.uuid(), childType))
        .orElseThrow(() -> new AssertionError(type + " has no " + childType + " '" + label + "'"));
  }

  @Override
  public Optional<ResourceView> parent() {
    UUID parent = row().parent();
    return parent == null ? Optional.empty() : resource(parent);
  }

  @Override
  public Optional<ResourceView> resource(Ref ref) {
    return resource(ref.uuid()).filter(r -> r.type().equals(ref.type()));
  }

  private Optional<ResourceView> resource(UUID other) {
    return world.store.resource(other).map(r -> new SimulatedView(world, r));
  }

  @Override
  public Availability availability() {
    return row().availability();
  }

  /** The last error of the resource itself; its tasks' are in their views. */
  @Override
  public Optional<Failure> error() {
    return new Fields(world).failure(row().machine().error());
  }

  @Override
  public Instant now() {
    return world.time.now();
  }

  /** Asks it to go. */
  public void delete() {
    begin();
    world.await(world.operations.delete(uuid, OptionalLong.empty(), OPERATOR));
  }

  /** Sets a field, as a request to the API does. */
  public <T> void set(Field<T> field, T value) {
    begin();
    Fields fields = new Fields(world);
    world.await(
        world.operations.set(
            uuid,
            OptionalLong.empty(),
            row -> fields.changed(row, type(), field, value),
            OPERATOR));
  }

  /** Starts a task, unless it is active. */
  public void start(TaskName name) {
    start(name, Values.NONE);
  }

  /** Starts a task with these values, unless it is active. */
  public void start(TaskName name, Values args) {
    TaskStart start = new Fields(world).start(type(), name, row(), args);
    world.await(world.operations.start(uuid, start, OPERATOR));
  }

  /** Restarts it, as a person does; also more often than its type allows, where that is forced. */
  public void restart(boolean force) {
    TaskStart start = new Fields(world).start(type(), RESTART_TASK, row(), Values.NONE);
    Limits.Rate most = type().restarts();
    world.await(world.operations.restart(uuid, start, OptionalLong.empty(), most, force, OPERATOR));
  }

  /** Stops a task, as a person does: nothing but a person or a {@code start} begins it again. */
  public void stop(TaskName name) {
    world.await(world.operations.stop(run(name), OptionalLong.empty(), OPERATOR));
  }

  /** Breaks a task off. */
  public void abort(TaskName name) {
    world.await(world.operations.abort(run(name), OptionalLong.empty(), OPERATOR));
  }

  /** Approves the waiting run of a task. */
  public void approve(TaskName name) {
    world.await(world.operations.approve(run(name), OptionalLong.empty(), OPERATOR));
  }

  /** Sends a panicked task back to where it was. */
  public void retry(TaskName name) {
    world.await(world.operations.retryTask(run(name), OptionalLong.empty(), OPERATOR));
  }

  /** Sends the panicked resource itself back to where it was. */
  public void retry() {
    begin();
    world.await(world.operations.retryResource(uuid, OptionalLong.empty(), OPERATOR));
  }

  /** Sends a signal to the resource. */
  public void signal(SignalType signal, Values values) {
    signal(row().key(), Definitions.of(type()).states(), signal, values);
  }

  /** Sends a signal to the active run of a task. */
  public void signal(TaskName name, SignalType signal, Values values) {
    SubjectKey run = new SubjectKey(uuid, run(name));
    signal(run, Definitions.of(type()).task(name.value()).orElseThrow().states(), signal, values);
  }

  private void signal(
      SubjectKey subject, List<StateDefinition> states, SignalType signal, Values values) {
    SignalDefinition.of(states, signal.name());
    UUID id = world.time.uuid();
    String attrs = new Fields(world).signal(signal, id, values);
    SignalRow row = new SignalRow(id, subject, signal.name(), attrs, "key:test", now());
    world.await(world.operations.signal(row, OPERATOR));
  }

  private UUID run(TaskName name) {
    begin();
    Optional<UUID> run = world.store.task(uuid, name.value()).map(task -> task.key().uuid());
    return run.orElseThrow(() -> new AssertionError(type + " has no run of task " + name + " yet"));
  }

  /** Every move of the resource and its tasks, as lines. */
  public List<String> history() {
    begin();
    return new Story(world.store).lines(uuid).stream().map(Story.Line::text).toList();
  }

  /** Every move of the resource and its tasks, as records. */
  public List<MemoryHistory.Moved> moves() {
    begin();
    return world.store.history().moves().stream()
        .filter(m -> m.subject().resource().equals(uuid))
        .toList();
  }

  /** The states that a task's latest run has been in, in order; {@code __new__} is left out. */
  public List<String> path(TaskName name) {
    return path(new SubjectKey(uuid, run(name)));
  }

  /** The states that the resource has been in, in order; {@code __new__} is left out. */
  public List<String> path() {
    begin();
    return path(SubjectKey.ofResource(uuid));
  }

  private List<String> path(SubjectKey key) {
    return world.store.history().moves(key).stream().map(m -> m.transition().to()).toList();
  }

  /** How many runs of a task there were. */
  public long runs(TaskName name) {
    begin();
    return world.store.task(uuid, name.value()).map(TaskRow::run).orElse(0L);
  }

  /** Every error of the resource and its tasks, the oldest first: {@code kind: message}. */
  public List<String> errors() {
    return errorRows().stream().map(e -> e.kind() + ": " + e.message()).toList();
  }

  /** The same as records. */
  public List<ErrorRow> errorRows() {
    begin();
    return world.store.history().errors().stream()
        .filter(e -> e.subject().resource().equals(uuid))
        .toList();
  }

  /** Alarms that are not closed, as {@code website/monitor: panic}. */
  public List<String> alarms() {
    Story story = new Story(world.store);
    return alarmRows().stream()
        .filter(Alarm::active)
        .map(a -> story.nameOf(new SubjectKey(uuid, a.subject())) + ": " + a.name())
        .toList();
  }

  /** Every alarm of the resource and its tasks, closed ones included, as records. */
  public List<Alarm> alarmRows() {
    begin();
    return world.store.alarms().all().stream()
        .filter(a -> a.key().resource().equals(uuid))
        .toList();
  }

  /** The active alarm of this name; there must be one. */
  public Alarm alarm(String name) {
    return world.store.alarms().active(uuid, name);
  }

  /** Says something to the active alarm of this name, as a person does. */
  public void say(String alarm, AlarmCommand command) {
    UUID its = alarm(alarm).key().uuid();
    world.await(world.alarmOperations.say(its, OptionalLong.empty(), command, OPERATOR));
  }

  /** What its availability became, oldest first. */
  public List<Availability> observations() {
    return world.store.history().turns(uuid).stream().map(MemoryHistory.Turned::to).toList();
  }

  /** Puts it and everything below it on hold. */
  public UUID hold(String reason, @Nullable Instant until) {
    Hold.Request hold =
        new Hold.Request(world.time.uuid(), Hold.Scope.SUBTREE, row().uuid(), null, reason, until);
    world.await(world.alarmOperations.hold(hold, OPERATOR));
    return hold.uuid();
  }

  /** Releases a hold. */
  public void release(UUID hold) {
    world.await(world.alarmOperations.release(hold, OPERATOR));
  }

  /** What was told of its alarms, in order: {@code open down error}, {@code resolve down error}. */
  public List<String> told() {
    begin();
    return world.store.alarms().told(uuid);
  }

  /** Its states as a Mermaid diagram. */
  public String toMermaid() {
    return type().machine().toMermaid();
  }

  /** A task's states as a Mermaid diagram. */
  public String toMermaid(TaskName name) {
    return type().task(name.value()).orElseThrow().machine().toMermaid();
  }
}
