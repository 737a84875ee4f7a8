package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.Field;
import dev.toygun.Machine;
import dev.toygun.ResourceType;
import dev.toygun.Values;
import dev.toygun.store.Abandonment;
import dev.toygun.store.By;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.ListName;
import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resource run by the real engine, clock and workers included, on virtual time and in memory: a
 * day passes in a moment, on one thread, and a seed replays everything.
 *
 * <pre>{@code
 * Simulation site = Simulation.of(new Website(fake).type()).with(ADDRESS, URI.create("http://a"));
 * site.advance(ofMinutes(2));
 * assertThat(site.task(Monitor.NAME)).isEqualTo(RUNNING);
 * assertThat(site.unwalked()).isEmpty();
 * }</pre>
 *
 * <p>Fakes stand in for the outside: blocking code runs in no time and may await only what is
 * complete; async code may answer later by {@link #time()}. A move that the table does not allow, a
 * promise of the engine that is broken, and an await that cannot end fail the test.
 *
 * <p>The resource is made by whatever is asked of it first; give it its fields before that.
 */
public final class Simulation extends Simulated {
  private static final By BY = By.operator("key:test");

  private final ResourceType<?> main;
  private Values initial = Values.NONE;
  private boolean begun;

  private Simulation(World world, ResourceType<?> type) {
    super(world, world.time.uuid(), type.name());
    this.main = type;
  }

  /** A resource of this type, and other types that it makes or sees. Nothing goes wrong. */
  public static Simulation of(ResourceType<?> type, ResourceType<?>... others) {
    return make(0, Faults.none(), type, others);
  }

  /**
   * The same, and by this seed things go wrong: workers die or freeze before and after code ran and
   * before and after a commit arrived, so that a step may run and be lost, or run twice; rows are
   * locked, announcements lost. Two workers run, and each that dies is replaced.
   */
  public static Simulation crashing(ResourceType<?> type, long seed, ResourceType<?>... others) {
    return make(seed, Faults.of(seed), type, others);
  }

  /** The same as {@link #of}, and virtual time begins at this moment: for what goes by the date. */
  public static Simulation startingAt(
      Instant start, ResourceType<?> type, ResourceType<?>... others) {
    return make(0, Faults.none(), start, type, others);
  }

  /** The same with faults of a test's own making. */
  static Simulation with(Faults faults, ResourceType<?> type, ResourceType<?>... others) {
    return make(0, faults, type, others);
  }

  private static Simulation make(
      long seed, Faults faults, ResourceType<?> type, ResourceType<?>... others) {
    return make(seed, faults, VirtualTime.START, type, others);
  }

  private static Simulation make(
      long seed, Faults faults, Instant start, ResourceType<?> type, ResourceType<?>... others) {
    List<ResourceType<?>> all = new ArrayList<>(List.of(others));
    all.add(0, type);
    return new Simulation(new World(all, seed, faults, start), type);
  }

  /** A field to begin with or, once it has begun, one that is set as a request to the API does. */
  public <T> Simulation with(Field<T> field, T value) {
    if (begun) {
      set(field, value);
    } else {
      initial = initial.with(field, value);
    }
    return this;
  }

  @Override
  void begin() {
    if (!begun) {
      begun = true;
      make(main, uuid(), main.name(), initial, BuiltIn.NEW);
    }
  }

  /** Takes over something that is there already, in this state, without the start task. */
  public Simulation adopt(Enum<?> state) {
    if (begun) {
      throw new IllegalStateException("it has begun already: adopt it first");
    }
    begun = true;
    make(main, uuid(), main.name(), initial, Machine.nameOf(state));
    return this;
  }

  /** Makes another resource of one of the types, without a parent. */
  public Simulated create(ResourceType<?> type, String label, Values fields) {
    UUID uuid = world.time.uuid();
    make(type, uuid, label, fields, BuiltIn.NEW);
    return new Simulated(world, uuid, type.name());
  }

  private void make(ResourceType<?> type, UUID uuid, String label, Values fields, String state) {
    ListName list = ListName.of(type);
    String attrs = new Fields(world).fresh(type, uuid, fields);
    world.await(
        world.operations.create(null, new ChildCreate(uuid, label, attrs, list, state), BY));
  }

  /** Ends it and everything below it without running code, as an admin asks for. */
  public void abandon(String reason) {
    Abandonment asked = new Abandonment(world.time.uuid(), uuid(), OptionalLong.empty(), reason);
    world.await(world.alarmOperations.abandon(asked, By.operator("key:test")));
  }

  /** Lets this time pass. */
  public Simulation advance(Duration time) {
    begin();
    world.advance(time);
    return this;
  }

  /**
   * New code: the workers that run end what they are at, and others with these types begin. Fails
   * with a {@link dev.toygun.store.Refusal} where such workers would not start: a version of a type
   * that is known keeps its shape.
   */
  public Simulation deploy(ResourceType<?>... types) {
    begin();
    world.deploy(List.of(types));
    return this;
  }

  /** Empties the queue and the leases, as when Redis is lost: nothing may be forgotten for it. */
  public Simulation loseQueue() {
    begin();
    world.forgetQueue();
    return this;
  }

  /** From now on nothing goes wrong: what remains is to be put right. */
  public Simulation calm() {
    world.calm();
    return this;
  }

  /** The virtual time, for fakes that answer later. */
  public Time time() {
    return world.time;
  }

  /** The store, for whatever a test wants to see beside this. */
  public MemoryStore store() {
    return world.store;
  }

  /** Every resource there is, active or ended, by age. */
  public List<Simulated> resources() {
    begin();
    return world.store.resources().stream()
        .sorted(Comparator.comparing(r -> r.machine().createdAt()))
        .map(r -> new Simulated(world, r.uuid(), r.type()))
        .toList();
  }

  /**
   * Declared edges of all types and their tasks that nothing has walked, as {@code website/monitor:
   * check -> down}: a test that leaves any has not tested its machine.
   */
  public Set<String> unwalked() {
    return Edges.unwalked(world.types.types(), new Story(world.store));
  }

  /** Machines that wait for nothing that anybody could name; must be empty at any time. */
  public List<String> liveness() {
    begin();
    return world.liveness.leftOver();
  }

  /**
   * The seed and the moment, the last moves, and the panics and time-outs that nobody has handled:
   * for the message of an assertion.
   */
  @Override
  public String toString() {
    Story story = new Story(world.store);
    return Stream.of(Stream.of(world.toString()), story.tail().stream(), story.unhandled().stream())
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }
}
