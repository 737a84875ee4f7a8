package dev.toygun.store;

import dev.toygun.End;
import dev.toygun.Limits;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an operator, or a program on the API, may ask for. Each request locks what it changes, is
 * judged on what is there then, and is committed with its history; an operator wins against a
 * running tick, whose outcome is fenced. Then whoever is due because of it is announced, for speed
 * only.
 *
 * <p>Every future fails with a {@link Refusal} where the request cannot be carried out; then
 * nothing has changed.
 */
public final class Operations {
  private final Commands store;
  private final Announce announce;
  private final Time time;
  private final String process;
  private final String build;

  /**
   * Operations on a store.
   *
   * @param process the process that carries requests out, for the history
   * @param build its build
   */
  public Operations(Commands store, Announce announce, Time time, String process, String build) {
    this.store = store;
    this.announce = announce;
    this.time = time;
    this.process = process;
    this.build = build;
  }

  /** What a start did. */
  public record Started(UUID task, boolean alreadyRunning) {}

  /**
   * Makes a resource.
   *
   * @param parent null for a root
   * @return its uuid; fails with {@code EXISTS}, {@code NOT_FOUND} (no such parent), {@code ENDED}
   *     or {@code DELETING} (the parent's)
   */
  public Future<UUID> create(@Nullable UUID parent, ChildCreate child, By by) {
    if (parent == null) {
      return store
          .insert(child, stamp(by))
          .map(
              row -> {
                announce.due(
                    List.of(new Committed.Woken(row.key(), child.list())), by.cause(), by.trace());
                return row.uuid();
              });
    }
    return add(parent, by, d -> d.create(child))
        .compose(done -> store.family(child.uuid()))
        .map(
            made -> {
              if (made == null) {
                throw child.exists();
              }
              return child.uuid();
            });
  }

  /** Asks a resource to go; one that is on its way already stays on it. */
  public Future<Void> delete(UUID resource, OptionalLong version, By by) {
    AtomicBoolean ends = new AtomicBoolean();
    return commit(resource, family -> noting(ends, requests(by).delete(family, version)), by)
        .onSuccess(done -> announceEnd(ends, SubjectKey.ofResource(resource)))
        .mapEmpty();
  }

  /**
   * New stored fields, made from the row that is locked.
   *
   * @param said what the history says of them; may be empty
   */
  public record NewAttrs(String json, List<String> changed, String said) {}

  /** Sets fields of a resource. */
  public Future<Void> set(
      UUID resource, OptionalLong version, Function<ResourceRow, NewAttrs> change, By by) {
    return commit(resource, family -> requests(by).set(family, version, change), by).mapEmpty();
  }

  /**
   * Starts a task of a resource, unless it is active; then that run is returned, and said to be so.
   */
  public Future<Started> start(UUID resource, TaskStart start, By by) {
    if (start.ensure() || start.paced()) {
      return judgedStart(resource, start, by);
    }
    return begin(PlainStart.of(resource, start), by)
        .compose(
            run ->
                run.isPresent()
                    ? Future.succeededFuture(new Started(start.uuid(), false))
                    : judgedStart(resource, start, by));
  }

  /**
   * Starts a task of a resource where nothing stands in its way.
   *
   * @return the run; nothing where something may stand in its way: nothing was done then, and
   *     {@link #start} tells what it is
   */
  public Future<Optional<TaskRow>> begin(PlainStart start, By by) {
    return store
        .begin(start, by.cause())
        .onSuccess(begun -> begun.ifPresent(b -> announce.due(b.due(), by.cause(), by.trace())))
        .map(begun -> begun.map(Begun::run));
  }

  private Future<Started> judgedStart(UUID resource, TaskStart start, By by) {
    return add(resource, by, d -> d.start(start))
        .map(
            done -> {
              UUID run = Objects.requireNonNull(done.begun().get(0));
              return new Started(run, !run.equals(start.uuid()));
            });
  }

  /**
   * Restarts a resource, by its restart task.
   *
   * @param most how often it may be; null for ever
   * @param force whether it is restarted also beyond that
   * @return fails with {@code USED_UP}, or {@code WRONG_STATE}: it is restarted already
   */
  public Future<Void> restart(
      UUID resource,
      TaskStart start,
      OptionalLong version,
      Limits.@Nullable Rate most,
      boolean force,
      By by) {
    return commit(resource, family -> requests(by).restart(family, start, version, most, force), by)
        .mapEmpty();
  }

  /**
   * Stops a task, through its {@code __exit__}; as a person does, so that nothing starts it again.
   */
  public Future<Void> stop(UUID task, OptionalLong version, By by) {
    return end(task, version, End.STOPPED, by);
  }

  /** Breaks a task off, through its {@code __exit__}. */
  public Future<Void> abort(UUID task, OptionalLong version, By by) {
    return end(task, version, End.ABORTED, by);
  }

  private Future<Void> end(UUID task, OptionalLong version, End how, By by) {
    AtomicBoolean ends = new AtomicBoolean();
    return key(task)
        .compose(
            key ->
                commit(
                        key.resource(),
                        family -> noting(ends, requests(by).end(family, key, version, how)),
                        by)
                    .onSuccess(done -> announceEnd(ends, key)))
        .mapEmpty();
  }

  private static Outcome noting(AtomicBoolean ends, Requests.Drawn drawn) {
    ends.set(drawn.ends());
    return drawn.outcome();
  }

  private void announceEnd(AtomicBoolean ends, SubjectKey subject) {
    if (ends.get()) {
      announce.ends(subject);
    }
  }

  /** Sends a panicked task back to the state it panicked in, with all its tries. */
  public Future<Void> retryTask(UUID task, OptionalLong version, By by) {
    return key(task).compose(key -> retry(key, version, by));
  }

  /** Lets a run of a task that waits for approval begin, once its turn comes. */
  public Future<Void> approve(UUID task, OptionalLong version, By by) {
    return onTask(task, version, by, (row, d) -> d.approve());
  }

  /** Sends a panicked resource back to the state it panicked in. */
  public Future<Void> retryResource(UUID resource, OptionalLong version, By by) {
    return retry(SubjectKey.ofResource(resource), version, by);
  }

  private Future<Void> retry(SubjectKey subject, OptionalLong version, By by) {
    return commit(subject.resource(), family -> requests(by).retry(family, subject, version), by)
        .mapEmpty();
  }

  /**
   * Puts a machine back into a state it was in before.
   *
   * @param entry its last entry into that state
   * @param fresh whether what it makes outside is made anew, not found again
   */
  public Future<Void> rewind(
      SubjectKey subject, Entry entry, boolean fresh, OptionalLong version, By by) {
    Requests.Change change =
        (row, d) -> {
          Checks.rewindable(entry.state());
          d.rewind(entry, fresh ? time.uuid() : null);
        };
    return onSubject(subject, version, by, change);
  }

  /** Has a machine ticked now. */
  public Future<Void> tick(SubjectKey subject, By by) {
    return onSubject(subject, OptionalLong.empty(), by, (row, d) -> d.dueAt(time.now()));
  }

  /** Sends a signal to a resource or a task. */
  public Future<Void> signal(SignalRow signal, By by) {
    return commit(signal.subject().resource(), family -> requests(by).signal(family, signal), by)
        .mapEmpty();
  }

  private Future<Void> onSubject(
      SubjectKey key, OptionalLong version, By by, Requests.Change change) {
    return key.isResource()
        ? on(key, version, by, change)
        : onTask(key.uuid(), version, by, change);
  }

  private Future<Void> onTask(UUID task, OptionalLong version, By by, Requests.Change change) {
    return key(task).compose(key -> on(key, version, by, change));
  }

  private Future<SubjectKey> key(UUID task) {
    return store
        .taskKey(task)
        .compose(
            key ->
                key == null
                    ? Future.failedFuture(
                        new Refusal(Refusal.Code.NOT_FOUND, "there is no task " + task))
                    : Future.succeededFuture(key));
  }

  private Future<Void> on(SubjectKey key, OptionalLong version, By by, Requests.Change change) {
    return commit(key.resource(), family -> requests(by).on(family, key, version, change), by)
        .mapEmpty();
  }

  private Future<Committed.Done> add(UUID resource, By by, Requests.Draw addition) {
    return commit(resource, family -> requests(by).add(family, addition), by);
  }

  private Future<Committed.Done> commit(UUID resource, Function<Family, Outcome> decide, By by) {
    AtomicReference<Committed.Woken> subject = new AtomicReference<>();
    return store
        .transact(
            resource,
            family -> {
              Outcome outcome = decide.apply(family);
              ListName list = family.resource().machine().list();
              subject.set(new Committed.Woken(outcome.subject(), list));
              return outcome;
            })
        .onSuccess(
            done ->
                announce.due(
                    done.due(Objects.requireNonNull(subject.get())), by.cause(), by.trace()));
  }

  private Requests requests(By by) {
    return new Requests(by.reason(), stamp(by), time.now());
  }

  private Stamp stamp(By by) {
    return new Stamp(by.cause(), by.actor(), process, build, null, by.trace(), Stamp.Delays.NONE);
  }
}
