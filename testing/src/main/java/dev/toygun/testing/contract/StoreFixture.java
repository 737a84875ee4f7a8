package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Family;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.Store;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import dev.toygun.store.Work.Sees;
import dev.toygun.time.Uuid7;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How the tests of a store reach it, and what they make in it. */
public interface StoreFixture {
  /** Counts what tests make, so that no two make the same. */
  AtomicLong MADE = new AtomicLong();

  /** The store under test. */
  Store store();

  /** What it keeps beside its rows. */
  StoreHistory history();

  /** Waits for the future, however that is done here; throws what it failed with, as it is. */
  <T> T get(Future<T> future);

  /** A uuid of version 7 that nobody else has. */
  default UUID uuid() {
    long n = MADE.incrementAndGet();
    // Scrambled, so that the tails differ as those of real ones do.
    byte[] chance =
        ByteBuffer.allocate(16)
            .putLong(n * 0x9E3779B97F4A7C15L)
            .putLong(n * 0xBF58476D1CE4E5B9L)
            .array();
    return Uuid7.of(1_700_000_000_000L + n, chance);
  }

  /** A list whose type nobody else uses. */
  default ListName list() {
    return new ListName("default", "type" + MADE.incrementAndGet(), 1, 5);
  }

  /** The stamp of a tick. */
  default Stamp tick() {
    return new Stamp(
        Cause.CLOCK, "system", "worker-1", "build-1", uuid(), null, new Stamp.Delays(1, 2, 3, 4));
  }

  /** The stamp of an operator. */
  default Stamp operator() {
    return new Stamp(Cause.OPERATOR, "key:ops", "api-1", "build-1", null, null, Stamp.Delays.NONE);
  }

  /** A new root. */
  default ResourceRow root() {
    return root(list());
  }

  /** A new root of this list. */
  default ResourceRow root(ListName list) {
    return get(
        store()
            .insert(
                new ChildCreate(uuid(), "r" + MADE.incrementAndGet(), "{}", list, BuiltIn.NEW),
                operator()));
  }

  /** The resource with its tasks and signals, as a worker loads it. */
  default Family family(UUID resource) {
    return family(resource, Sees.ITSELF);
  }

  /** The resource with what its code sees. */
  default Family family(UUID resource, Sees sees) {
    List<Family> families = get(store().load(List.of(resource), sees)).families();
    assertThat(families).hasSize(1);
    return families.get(0);
  }

  default MachineRow machine(SubjectKey key) {
    return family(key.resource()).machine(key).orElseThrow();
  }

  default TaskRow task(SubjectKey key) {
    return family(key.resource()).task(key).orElseThrow();
  }

  default ResourceRow resource(UUID uuid) {
    return family(uuid).resource();
  }

  default Instant now() {
    return get(store().now());
  }

  /** A tick's outcome of this subject as it is now. */
  default Outcome outcome(SubjectKey key, Consumer<OutcomeDraft> draw) {
    return outcome(key, tick(), draw);
  }

  /** An outcome of this subject as it is now. */
  default Outcome outcome(SubjectKey key, Stamp stamp, Consumer<OutcomeDraft> draw) {
    OutcomeDraft draft = OutcomeDraft.of(family(key.resource()), key, stamp, now());
    draw.accept(draft);
    return draft.build().orElseThrow();
  }

  /** Commits a group. */
  default List<Committed> commit(Outcome... group) {
    List<Committed> answers = get(store().commit(List.of(group)));
    assertThat(answers).hasSize(group.length);
    return answers;
  }

  /** Commits an outcome that has to be taken. */
  default Committed.Done done(Outcome outcome) {
    Committed answer = commit(outcome).get(0);
    assertThat(answer).isInstanceOf(Committed.Done.class);
    return (Committed.Done) answer;
  }

  /** Draws an outcome of this subject as it is now, and commits it. */
  default Committed.Done done(SubjectKey key, Consumer<OutcomeDraft> draw) {
    return done(outcome(key, draw));
  }

  /** Commits an outcome that has to be refused. */
  default void assertRefused(Outcome outcome, Refusal.Code code) {
    Committed answer = commit(outcome).get(0);
    assertThat(answer).isInstanceOf(Committed.Refused.class);
    assertThat(((Committed.Refused) answer).code()).isEqualTo(code);
    assertThat(((Committed.Refused) answer).message()).isNotBlank();
  }

  /** A start of a task, which is new unless it is active. */
  default TaskStart start(ResourceRow resource, String name) {
    return new TaskStart(
        uuid(), name, false, false, "{}", "{}", resource.machine().list(), "resource");
  }

  /** An ensure of a task, as a decide without a move makes it. */
  default TaskStart ensure(ResourceRow resource, String name) {
    return new TaskStart(
        uuid(), name, true, true, "{}", "{}", resource.machine().list(), "resource");
  }

  /** A run of a task that has begun: in this state, settled, at step 2. */
  default SubjectKey running(ResourceRow resource, String name, boolean waits) {
    TaskStart start = start(resource, name);
    done(resource.key(), d -> d.start(start));
    SubjectKey key = new SubjectKey(resource.uuid(), start.uuid());
    done(key, d -> d.enter("first", null, waits));
    rest(key);
    return key;
  }

  /** Settles a resource: out of {@code __new__}, at rest. */
  default void settle(ResourceRow resource) {
    done(resource.key(), d -> d.enter("first", null, false));
    rest(resource.key());
  }

  /** Leaves a subject as it is and not due, whatever woke it meanwhile. */
  default void rest(SubjectKey key) {
    OutcomeDraft draft = OutcomeDraft.of(family(key.resource()), key, tick(), now());
    draft.dueAt(null);
    draft.build().ifPresent(this::done);
  }

  /** A task of the resource that has ended. */
  default SubjectKey ended(ResourceRow resource, String name, dev.toygun.End how) {
    SubjectKey key = running(resource, name, false);
    done(key, d -> d.ends(how, false));
    return key;
  }

  default ErrorRow error(SubjectKey subject, String kind) {
    MachineRow row = machine(subject);
    return new ErrorRow(
        uuid(),
        subject,
        kind,
        "it broke",
        "{}",
        "at Somewhere",
        "hash",
        row.state(),
        row.step(),
        1,
        "worker-1",
        "build-1",
        now(),
        null);
  }

  default SignalRow signal(SubjectKey subject, String type) {
    return new SignalRow(uuid(), subject, type, "{\"n\":1}", "key:ops", now());
  }

  /** A new child of this resource. */
  default ChildCreate child(ListName list, String label) {
    return new ChildCreate(uuid(), label, "{}", list, BuiltIn.NEW);
  }

  /** The keys of those who were woken. */
  default List<SubjectKey> woken(Committed.Done done) {
    return done.woken().stream().map(Committed.Woken::key).toList();
  }
}
