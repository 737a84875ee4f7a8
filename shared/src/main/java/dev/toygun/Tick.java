package dev.toygun;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One tick of a machine: what its state's code may read, and the ways it may answer. */
public final class Tick<S extends Enum<S>> implements Snapshot {

  /**
   * Whose tick it is.
   *
   * @param state the stored name of its state
   * @param entered the step at which its own move entered this state
   * @param attempt which try of the state this is, from 1
   * @param args what a task was started with
   * @param signals what was sent to it and not consumed, oldest first
   */
  public record Subject(
      UUID uuid, String state, long entered, int attempt, Values args, List<Signal> signals) {
    public Subject {
      signals = List.copyOf(signals);
    }
  }

  private final Snapshot snapshot;
  private final Subject subject;

  public Tick(Snapshot snapshot, Subject subject) {
    this.snapshot = Objects.requireNonNull(snapshot);
    this.subject = Objects.requireNonNull(subject);
  }

  @Override
  public <T> Optional<T> find(Field<T> field) {
    return snapshot.find(field);
  }

  @Override
  public Optional<TaskView> taskView(TaskName name) {
    return snapshot.taskView(name);
  }

  @Override
  public List<ResourceView> children(String type) {
    return snapshot.children(type);
  }

  @Override
  public Optional<ResourceView> parent() {
    return snapshot.parent();
  }

  @Override
  public Optional<ResourceView> resource(Ref ref) {
    return snapshot.resource(ref);
  }

  @Override
  public Availability availability() {
    return snapshot.availability();
  }

  @Override
  public Optional<Failure> error() {
    return snapshot.error();
  }

  @Override
  public Instant now() {
    return snapshot.now();
  }

  /** The uuid of the resource or the run of the task that is ticked. */
  public UUID uuid() {
    return subject.uuid();
  }

  /** Which try of this state this is, from 1. */
  public int attempt() {
    return subject.attempt();
  }

  /** What the task was started with; a resource has none. */
  public Values args() {
    return subject.args();
  }

  /** The oldest signal of this type that was not consumed. Answer with {@link Next#consume}. */
  public Optional<Signal> signal(SignalType type) {
    return subject.signals().stream().filter(s -> s.type().equals(type.name())).findFirst();
  }

  /**
   * The idempotency key for something made outside: the same on every try of this state, after a
   * crash, a panic, a retry, a hold or on another worker, and different once the machine enters the
   * state again. 32 characters of hexadecimal.
   *
   * @param what tells two things apart that one state makes
   */
  public String token(String what) {
    String from = subject.uuid() + "\n" + subject.state() + "\n" + subject.entered() + "\n" + what;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(from.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Go to this state, which the table must allow. */
  public Next<S> go(S state) {
    return Next.of(new Next.Move.Go<S>(state));
  }

  /**
   * Stay. Ticked again by the state's {@code every}, or when something it sees changes. In a task
   * the state must declare {@code every}, {@code within} or {@code waits}, or it would wait for
   * nothing.
   */
  public Next<S> stay() {
    return Next.of(new Next.Move.Stay<S>());
  }

  /** Stay, and be ticked once after this time; to the microsecond, at least 1 ms. */
  public Next<S> pause(Duration time) {
    return Next.of(new Next.Move.Pause<S>(time));
  }

  /** End. */
  public Next<S> finish() {
    return Next.of(new Next.Move.Finish<S>());
  }

  /** Stop here, with an error of kind {@code Panic}, until somebody handles it. */
  public Next<S> panic(String message) {
    return panic("Panic", message);
  }

  /** Stop here, with an error of this kind, until somebody handles it. */
  public Next<S> panic(String kind, String message) {
    return Next.of(new Next.Move.Panicked<S>(kind, message, Map.of()));
  }

  /** Stop here, with this error, until somebody handles it. The same as throwing it. */
  public Next<S> panic(Panic panic) {
    return Next.of(
        new Next.Move.Panicked<S>(
            panic.kind(), Objects.requireNonNull(panic.getMessage()), panic.attributes()));
  }
}
