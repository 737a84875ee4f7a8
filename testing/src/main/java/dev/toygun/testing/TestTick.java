package dev.toygun.testing;

import dev.toygun.Availability;
import dev.toygun.Failure;
import dev.toygun.Field;
import dev.toygun.Machine;
import dev.toygun.Ref;
import dev.toygun.ResourceView;
import dev.toygun.Signal;
import dev.toygun.SignalType;
import dev.toygun.Snapshot;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskView;
import dev.toygun.Tick;
import dev.toygun.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Tick}, to test a state's code as the function it is: no engine, no time, no
 * thread.
 *
 * <pre>{@code
 * Tick<Step> t = TestTick.in(Step.WAIT).with(PORT, 5432L).task(PROVISION, FINISHED).build();
 * assertThat(new Monitor(fake).check(t)).isEqualTo(t.stay().observe(true));
 * }</pre>
 */
public final class TestTick<S extends Enum<S>> {
  private final S state;
  private final TestSnapshot snapshot = new TestSnapshot();
  private final List<Signal> signals = new ArrayList<>();
  private UUID uuid = uuid("the subject");
  private long entered = 1;
  private int attempt = 1;
  private Values args = Values.NONE;

  private TestTick(S state) {
    this.state = state;
  }

  /** A tick of a machine in this state. */
  public static <S extends Enum<S>> TestTick<S> in(S state) {
    return new TestTick<>(state);
  }

  /** A field of the resource or the task has this value. */
  public <T> TestTick<S> with(Field<T> field, T value) {
    snapshot.fields = snapshot.fields.with(field, value);
    return this;
  }

  /** The latest run of a task of the resource stands like this. */
  public TestTick<S> task(TaskName name, TaskStatus status) {
    return task(name, status, Values.NONE);
  }

  /** The latest run of a task stands like this, and has these fields. */
  public TestTick<S> task(TaskName name, TaskStatus status, Values fields) {
    snapshot.tasks.put(name, new TestTaskView(status, fields));
    return this;
  }

  /** The resource has such a child; several of a type in the order they are said. */
  public TestTick<S> child(String type, String label, String state, Values fields) {
    snapshot.children.add(view(type, label, state, fields));
    return this;
  }

  /** The resource has this parent. */
  public TestTick<S> parent(String type, String label, String state, Values fields) {
    snapshot.parent = view(type, label, state, fields);
    return this;
  }

  /** What a reference points to; any other one dangles. */
  public TestTick<S> resource(Ref ref, String state, Values fields) {
    snapshot.resources.put(
        ref, new TestResourceView(ref.uuid(), ref.type(), ref.type(), state, fields));
    return this;
  }

  /** A signal that was sent and not consumed; the oldest is said first. */
  public TestTick<S> signal(SignalType type, Values values) {
    UUID id = uuid("signal " + signals.size());
    signals.add(new Signal(id, type.name(), values, "key:test", snapshot.now));
    return this;
  }

  /** What a task was started with. */
  public TestTick<S> args(Values values) {
    this.args = values;
    return this;
  }

  /** Which try of the state this is, from 1. */
  public TestTick<S> attempt(int number) {
    this.attempt = number;
    return this;
  }

  /** The step at which the state was entered: another one makes other tokens. */
  public TestTick<S> entered(long step) {
    this.entered = step;
    return this;
  }

  /** Whose tick it is: another uuid makes other tokens. */
  public TestTick<S> uuid(UUID subject) {
    this.uuid = subject;
    return this;
  }

  /** When the tick began; {@link VirtualTime#START} unless said. */
  public TestTick<S> now(Instant instant) {
    snapshot.now = instant;
    return this;
  }

  public TestTick<S> availability(Availability value) {
    snapshot.availability = value;
    return this;
  }

  /** The last error of the machine that is ticked. */
  public TestTick<S> error(Failure failure) {
    snapshot.error = failure;
    return this;
  }

  public Tick<S> build() {
    return new Tick<>(
        snapshot.copy(),
        new Tick.Subject(uuid, Machine.nameOf(state), entered, attempt, args, signals));
  }

  private static ResourceView view(String type, String label, String state, Values fields) {
    return new TestResourceView(uuid(type + "/" + label), type, label, state, fields);
  }

  private static UUID uuid(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
  }

  private record TestTaskView(TaskStatus status, Values fields) implements TaskView {
    @Override
    public <T> Optional<T> find(Field<T> field) {
      return fields.find(field);
    }

    @Override
    public Optional<Failure> error() {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> endedAt() {
      return Optional.empty();
    }

    @Override
    public long run() {
      return 1;
    }
  }

  private record TestResourceView(UUID uuid, String type, String label, String state, Values fields)
      implements ResourceView {
    @Override
    public Availability availability() {
      return Availability.UNKNOWN;
    }

    @Override
    public boolean deleting() {
      return false;
    }

    @Override
    public boolean active() {
      return true;
    }

    @Override
    public <T> Optional<T> find(Field<T> field) {
      return fields.find(field);
    }
  }

  private static final class TestSnapshot implements Snapshot {
    private Values fields = Values.NONE;
    private final Map<TaskName, TaskView> tasks = new HashMap<>();
    private final List<ResourceView> children = new ArrayList<>();
    private final Map<Ref, ResourceView> resources = new HashMap<>();
    private @Nullable ResourceView parent;
    private @Nullable Failure error;
    private Availability availability = Availability.UNKNOWN;
    private Instant now = VirtualTime.START;

    private TestSnapshot copy() {
      TestSnapshot copy = new TestSnapshot();
      copy.fields = fields;
      copy.tasks.putAll(tasks);
      copy.children.addAll(children);
      copy.resources.putAll(resources);
      copy.parent = parent;
      copy.error = error;
      copy.availability = availability;
      copy.now = now;
      return copy;
    }

    @Override
    public <T> Optional<T> find(Field<T> field) {
      return fields.find(field);
    }

    @Override
    public Optional<TaskView> taskView(TaskName name) {
      return Optional.ofNullable(tasks.get(name));
    }

    @Override
    public List<ResourceView> children(String type) {
      return children.stream().filter(c -> c.type().equals(type)).toList();
    }

    @Override
    public Optional<ResourceView> parent() {
      return Optional.ofNullable(parent);
    }

    @Override
    public Optional<ResourceView> resource(Ref ref) {
      return Optional.ofNullable(resources.get(Objects.requireNonNull(ref)));
    }

    @Override
    public Availability availability() {
      return availability;
    }

    @Override
    public Optional<Failure> error() {
      return Optional.ofNullable(error);
    }

    @Override
    public Instant now() {
      return now;
    }
  }
}
