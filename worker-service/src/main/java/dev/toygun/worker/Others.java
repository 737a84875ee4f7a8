package dev.toygun.worker;

import dev.toygun.BuiltIn;
import dev.toygun.Machine;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.SignalType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.ChildDelete;
import dev.toygun.store.ListName;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Wake;
import dev.toygun.time.Time;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What an answer does to others: the children it makes and asks to go, the signals it sends. */
final class Others {
  /** As many as a teardown asks at once. */
  private static final int ASKED = 500;

  private final TypeSet types;
  private final StoredFields stored;
  private final Time time;

  Others(TypeSet types, StoredFields stored, Time time) {
    this.types = types;
    this.stored = stored;
    this.time = time;
  }

  /** A child to make. */
  ChildCreate child(Subject subject, Next.Effect.Create create) {
    if (!subject.type().seesChildren().contains(create.type())) {
      throw new Halt(
          Halt.MISSING,
          "%s makes a child of type '%s', which its type does not declare: add .children(\"%s\")"
              .formatted(subject.name(), create.type(), create.type()));
    }
    ResourceType<?> type = type(create.type());
    UUID uuid = time.uuid();
    String attrs =
        stored.fresh(type.fields(), type.name(), uuid, create.fields(), "type " + type.name());
    return new ChildCreate(uuid, create.label(), attrs, ListName.of(type), BuiltIn.NEW);
  }

  /** A child to ask to go, or nothing where it is on its way. */
  Optional<UUID> child(Subject subject, ResourceView child) {
    boolean own =
        subject.family().children().stream().anyMatch(row -> row.uuid().equals(child.uuid()));
    if (!own) {
      throw new Halt(
          Halt.REFUSED,
          "%s deletes %s '%s', which is no child of it: take one of t.children(\"%s\")"
              .formatted(subject.name(), child.type(), child.label(), child.type()));
    }
    return child.deleting() ? Optional.empty() : Optional.of(child.uuid());
  }

  /**
   * Asks children to go, as many as one transaction takes.
   *
   * @param again whether it decides again, and asks the rest then
   */
  void ask(Subject subject, Set<UUID> gone, boolean again, OutcomeDraft draft) {
    if (gone.isEmpty()) {
      return;
    }
    if (gone.size() > ASKED) {
      if (!again) {
        throw new Halt(
            Halt.REFUSED,
            "%s deletes %d children at once: %d at most, or as many as there are by a resource that stays"
                .formatted(subject.name(), gone.size(), ASKED));
      }
      draft.wake(Wake.RESOURCE);
    }
    draft.deletes(
        new ChildDelete(
            false,
            gone.stream().limit(ASKED).collect(Collectors.toCollection(LinkedHashSet::new))));
  }

  /** A signal to another resource. */
  SignalRow signal(Subject subject, Next.Effect.Send send) {
    ResourceView to = send.to();
    String name = "%s '%s'".formatted(to.type(), to.label());
    SubjectKey key = SubjectKey.ofResource(to.uuid());
    return signal(subject, key, type(to.type()).machine(), name, send.type(), send.fields());
  }

  /** A signal to the active run of a task, or nothing where there is none. */
  Optional<SignalRow> signal(Subject subject, Next.Effect.SendTask send) {
    Machine<?> machine = Effects.task(subject, send.to()).machine();
    return subject
        .family()
        .task(send.to().value())
        .filter(run -> run.machine().active())
        .map(TaskRow::key)
        .map(key -> signal(subject, key, machine, "task " + send.to(), send.type(), send.fields()));
  }

  private SignalRow signal(
      Subject subject,
      SubjectKey to,
      Machine<?> machine,
      String name,
      SignalType type,
      Values fields) {
    boolean known = machine.rows().stream().anyMatch(state -> state.waitsFor().contains(type));
    if (!known) {
      throw new Halt(
          Halt.REFUSED,
          "%s sends %s the signal '%s', for which none of its states waits: add .waits(forSignal(…))"
              .formatted(subject.name(), name, type));
    }
    UUID uuid = time.uuid();
    String attrs =
        stored.fresh(
            type.fields(), SignalRow.sealedFor(type.name()), uuid, fields, "signal " + type.name());
    ResourceRow from = subject.family().resource();
    String sender = "%s '%s'".formatted(from.type(), from.label());
    return new SignalRow(uuid, to, type.name(), attrs, sender, subject.now());
  }

  private ResourceType<?> type(String name) {
    return types
        .find(name)
        .orElseThrow(
            () -> new Halt(Halt.MISSING, "this worker does not define type '%s'".formatted(name)));
  }
}
