package dev.toygun.store;

import dev.toygun.store.Hop.Decided;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one tick, or one operator's request, writes: committed together or not at all.
 *
 * @param version the subject's version as it was loaded: another one fences the outcome
 * @param wakes the subject's wakes as they were loaded
 * @param write the subject's new row, or null where nothing of it changes
 * @param owner what a task writes on its resource
 * @param transitions the moves; empty for a stay. At most three: out of {@code __new__}, one of its
 *     own, and one to the end
 * @param changed the fields that a stay changed, which history keeps too
 * @param said why it stays, or null: history keeps it, and once where it is said again and again
 * @param stops names of tasks whose active runs go to {@code __exit__}
 * @param signals that are sent: each wakes its subject
 * @param consumed signals that are done with
 * @param triggers what they were seen to be, where that is something else than before
 * @param deletes the children that are asked to go
 * @param handles what it decides about a panic that climbed to its subject's resource, or null
 * @param wakesUp who is woken; {@link Wake#RESOURCE} on a resource's own outcome wakes it itself
 * @param then of the same family, and decided as if this one were committed: judged right after it,
 *     in the same transaction, and only if this one is good; where it is not, as somebody else came
 *     between, the resource is woken to look again
 */
public record Outcome(
    SubjectKey subject,
    long version,
    long wakes,
    @Nullable Write write,
    @Nullable OwnerWrite owner,
    List<Transition> transitions,
    List<String> changed,
    @Nullable Said said,
    @Nullable ErrorRow error,
    List<AlarmWrite> alarms,
    List<TaskStart> starts,
    List<String> stops,
    List<ChildCreate> creates,
    List<SignalRow> signals,
    List<UUID> consumed,
    List<TriggerRow> triggers,
    ChildDelete deletes,
    @Nullable Decided handles,
    Set<Wake> wakesUp,
    Stamp stamp,
    @Nullable Outcome then) {
  private static final Set<Wake> END_WAKES = Set.of(Wake.RESOURCE, Wake.WAITERS);

  /**
   * A sentence of a subject that has made so many moves.
   *
   * @param text why, and the notes
   */
  public record Said(long step, String text) {
    static @Nullable Said of(long step, String text) {
      return text.isEmpty() ? null : new Said(step, text);
    }
  }

  public Outcome {
    transitions = List.copyOf(transitions);
    changed = List.copyOf(changed);
    alarms = List.copyOf(alarms);
    starts = List.copyOf(starts);
    stops = List.copyOf(stops);
    creates = List.copyOf(creates);
    signals = List.copyOf(signals);
    consumed = List.copyOf(consumed);
    triggers = List.copyOf(triggers);
    // In one order in every process, so that a simulation's seed replays it anywhere.
    wakesUp = wakesUp.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(wakesUp));
  }

  /** An outcome that writes nothing. */
  public static Outcome nothing(ResourceRow resource, Stamp stamp) {
    MachineRow row = resource.machine();
    return new Outcome(
        resource.key(),
        row.version(),
        row.wakes(),
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        ChildDelete.NONE,
        null,
        Set.of(),
        stamp,
        null);
  }

  /** Whose rows have to be there, or it is known that they are not. */
  Stream<SubjectKey> reached() {
    Stream<SubjectKey> own =
        Stream.of(
                Stream.of(subject),
                signals.stream().map(SignalRow::subject),
                deletes.some().stream().map(SubjectKey::ofResource))
            .flatMap(keys -> keys);
    return then == null ? own : Stream.concat(own, then.reached());
  }

  /** The same, without the sentence. */
  public Outcome unsaid() {
    return with(write, null, wakesUp, then);
  }

  /** Whether nothing comes of it, but perhaps a sentence. */
  public boolean isOnlySaid() {
    return write == null
        && owner == null
        && then == null
        && transitions.isEmpty()
        && changed.isEmpty()
        && wakesUp.isEmpty()
        && unsaid().touchesItsOwnOnly();
  }

  /** The same, followed by what was decided as if it were committed; or by nothing. */
  public Outcome then(@Nullable Outcome next) {
    return with(write, said, wakesUp, next);
  }

  /** The same, and its resource looks again. */
  public Outcome wakingResource() {
    Set<Wake> woken = EnumSet.of(Wake.RESOURCE);
    woken.addAll(wakesUp);
    return with(write, said, woken, then);
  }

  private Outcome with(
      @Nullable Write row, @Nullable Said sentence, Set<Wake> woken, @Nullable Outcome next) {
    return new Outcome(
        subject,
        version,
        wakes,
        row,
        owner,
        transitions,
        changed,
        sentence,
        error,
        alarms,
        starts,
        stops,
        creates,
        signals,
        consumed,
        triggers,
        deletes,
        handles,
        woken,
        stamp,
        next);
  }

  /**
   * Whether all it does is to write its own row: no move, no field, and nothing that anybody else
   * sees. Until it is committed, the row is only due for longer than it need be.
   */
  public boolean isSettle() {
    return write != null
        && write.active()
        && transitions.isEmpty()
        && changed.isEmpty()
        && wakesUp.isEmpty()
        && owner == null
        && then == null
        && touchesItsOwnOnly();
  }

  /**
   * Whether it is what a resource's alarms and triggers are judged to be: fenced by a wake too, as
   * a resource that is to look again is judged after that.
   */
  public boolean isJudgement() {
    return !triggers.isEmpty()
        || (write == null && subject.isResource() && stamp.cause() == Cause.ALARM);
  }

  /** Whether it writes no row but its subject's and its resource's, beside those that it wakes. */
  boolean touchesItsOwnOnly() {
    return said == null
        && error == null
        && alarms.isEmpty()
        && starts.isEmpty()
        && stops.isEmpty()
        && creates.isEmpty()
        && signals.isEmpty()
        && consumed.isEmpty()
        && triggers.isEmpty()
        && deletes.isNone()
        && handles == null;
  }

  /**
   * Whether it ends one task, after which its resource settles, and touches nothing else: a whole
   * group of such is one statement, where no other task is active.
   */
  public boolean isPlainEnd() {
    return !subject.isResource()
        && write != null
        && !write.active()
        && !transitions.isEmpty()
        && PlainMove.fits(transitions)
        && wakesUp.equals(END_WAKES)
        && owner == null
        && touchesItsOwnOnly()
        && then != null
        && then.subject.isResource()
        && then.subject.resource().equals(subject.resource())
        && then.isSettle();
  }

  /**
   * Whether it touches the row of one active task and its history, and nothing else: a whole group
   * of such is one statement.
   */
  public boolean isPlain() {
    return !subject.isResource()
        && write != null
        && write.active()
        && write.admission() == null
        && PlainMove.fits(transitions)
        && wakesUp.isEmpty()
        && owner == null
        && then == null
        && touchesItsOwnOnly();
  }
}
