package dev.toygun.store;

import dev.toygun.End;
import dev.toygun.codec.Decorated;
import dev.toygun.store.Bulk.Item;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.SignalDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a bulk run does with its items: what {@link Requests} do for whoever asks for one of them,
 * judged on its resource while that is locked. Both stores go by it.
 */
public final class BulkItems {
  private final Bulk bulk;
  private final BulkOrder order;
  private final BulkBook book;
  private final Map<Integer, TypeDefinition> types;
  private final Supplier<UUID> uuids;
  private final Instant now;
  private final Requests requests;

  /**
   * Items of a bulk run, at one moment.
   *
   * @param types its type, by version
   * @param uuids makes those of runs and signals
   * @param clock who carries it out; history names who asked for it
   */
  public BulkItems(
      Bulk bulk,
      Map<Integer, TypeDefinition> types,
      Supplier<UUID> uuids,
      Stamp clock,
      Instant now) {
    this.bulk = bulk;
    this.order = bulk.order();
    this.book = new BulkBook(bulk, now);
    this.types = types;
    this.uuids = uuids;
    this.now = now;
    String why = "bulk run " + bulk.uuid();
    this.requests =
        new Requests(
            bulk.reason().isEmpty() ? why : why + ": " + bulk.reason(),
            new Stamp(
                Cause.API,
                bulk.actor(),
                clock.worker(),
                clock.build(),
                null,
                bulk.trace(),
                Stamp.Delays.NONE),
            now);
  }

  /**
   * What is to become of an item.
   *
   * @param item as it is once that is committed
   * @param outcome null where nothing is to be done
   * @param ends whether the outcome asks its subject to end
   */
  public record Judged(
      Item item, @Nullable Outcome outcome, boolean ends, @Nullable ListName list) {
    /** Who is due by what was done. */
    public List<Committed.Woken> due(Committed.Done done) {
      return done.due(
          new Committed.Woken(
              Objects.requireNonNull(outcome).subject(), Objects.requireNonNull(list)));
    }
  }

  /**
   * Judges an item.
   *
   * @param family its resource; null where it is not there any more
   * @param abandons the hold that abandons it, or null
   * @param matches whether it is what the filter asks for still
   */
  public Judged judge(
      Item item, @Nullable Family family, @Nullable Hold abandons, boolean matches) {
    if (family == null) {
      return skipped(item, "not_found", "it is not there any more");
    }
    try {
      Abandonment.refuse(abandons);
      Checks.alive(family, item.resource());
      return matches
          ? judge(item, family)
          : skipped(item, "changed", "it is not what the filter asks for any more");
    } catch (Refusal refused) {
      return new Judged(refused(item, refused.code(), refused.getMessage()), null, false, null);
    }
  }

  /** The item where what was to be done is refused. */
  public Item refused(Item item, Refusal.Code code, String message) {
    Result result =
        switch (code) {
          case NOT_FOUND, ENDED, DELETING, WRONG_STATE, USED_UP -> Result.SKIPPED;
          case STALE, EXISTS, OCCUPIED, INVALID -> Result.FAILED;
        };
    return book.result(item, result, code.name().toLowerCase(Locale.ROOT), message);
  }

  /** The item where the database refuses what was to be done. */
  public Item unstorable(Item item, Throwable why) {
    return book.result(
        item, Result.FAILED, "unstorable", "the database refuses it: " + why.getMessage());
  }

  private Judged skipped(Item item, String code, String message) {
    return new Judged(book.result(item, Result.SKIPPED, code, message), null, false, null);
  }

  private Judged judge(Item item, Family family) {
    return switch (order.action()) {
      case START -> start(item, family);
      case STOP -> end(item, family, End.STOPPED);
      case ABORT -> end(item, family, End.ABORTED);
      case RETRY -> retry(item, family);
      case SIGNAL -> signal(item, family);
      case DELETE -> delete(item, family);
      case SET -> set(item, family);
    };
  }

  private Judged start(Item item, Family family) {
    String name = Objects.requireNonNull(order.task());
    same(task(type(family)).fields(), task(asked()).fields(), family);
    TaskRow latest = family.task(name).orElse(null);
    if (latest != null && latest.machine().active()) {
      return skipped(item, "already_running", "run %d is active already".formatted(latest.run()));
    }
    TaskStart start =
        new TaskStart(
            uuids.get(),
            name,
            false,
            false,
            order.content(),
            order.content(),
            family.resource().machine().list(),
            bulk.actor());
    Outcome outcome = requests.add(family, d -> d.start(start));
    return judged(item, family, start.uuid(), new Requests.Drawn(outcome, false));
  }

  private Judged end(Item item, Family family, End how) {
    SubjectKey run = subject(family);
    Requests.Drawn drawn = requests.end(family, run, OptionalLong.empty(), how);
    return drawn.ends()
        ? judged(item, family, run.uuid(), drawn)
        : skipped(item, "ending", "it is on its way out already");
  }

  private Judged retry(Item item, Family family) {
    SubjectKey subject = subject(family);
    Outcome outcome = requests.retry(family, subject, OptionalLong.empty());
    return judged(item, family, subject.uuid(), new Requests.Drawn(outcome, false));
  }

  private Judged signal(Item item, Family family) {
    String name = Objects.requireNonNull(order.signal());
    SubjectKey subject = subject(family);
    same(
        SignalDefinition.of(states(type(family)), name).fields(),
        SignalDefinition.of(states(asked()), name).fields(),
        family);
    SignalRow signal =
        new SignalRow(uuids.get(), subject, name, order.content(), bulk.actor(), now);
    Outcome outcome = requests.signal(family, signal);
    return judged(item, family, subject.uuid(), new Requests.Drawn(outcome, false));
  }

  private Judged delete(Item item, Family family) {
    Requests.Drawn drawn = requests.delete(family, OptionalLong.empty());
    return drawn.ends()
        ? judged(item, family, null, drawn)
        : skipped(item, "deleting", "it is being taken down already");
  }

  private Judged set(Item item, Family family) {
    TypeDefinition type = type(family);
    Map<String, @Nullable Object> sent = Decorated.parseFields(order.content());
    same(fields(type, sent), fields(asked(), sent), family);
    Operations.NewAttrs attrs =
        FieldValues.with(type.fields(), family.resource().machine().attrs(), sent);
    if (attrs.changed().isEmpty()) {
      return skipped(item, "same", "it has these values already");
    }
    Outcome outcome = requests.set(family, OptionalLong.empty(), row -> attrs);
    return judged(item, family, null, new Requests.Drawn(outcome, false));
  }

  private Judged judged(Item item, Family family, @Nullable UUID subject, Requests.Drawn drawn) {
    ListName list = family.resource().machine().list();
    return new Judged(book.done(item, subject, ""), drawn.outcome(), drawn.ends(), list);
  }

  /** What it is about: the active run of the task, or the resource itself. */
  private SubjectKey subject(Family family) {
    String task = order.task();
    return task == null
        ? family.resource().key()
        : family
            .task(task)
            .filter(run -> run.machine().active())
            .map(TaskRow::key)
            .orElseThrow(
                () -> new Refusal(Refusal.Code.ENDED, "no run of %s is active".formatted(task)));
  }

  private TypeDefinition asked() {
    return version(order.version());
  }

  private TypeDefinition type(Family family) {
    return version(family.resource().machine().list().version());
  }

  private TypeDefinition version(int version) {
    TypeDefinition type = types.get(version);
    if (type == null) {
      throw invalid("nobody has published version %d of %s".formatted(version, order.type()));
    }
    return type;
  }

  private TaskDefinition task(TypeDefinition type) {
    return type.task(String.valueOf(order.task()))
        .orElseThrow(
            () ->
                invalid(
                    "version %d of %s has no task %s"
                        .formatted(type.version(), type.name(), order.task())));
  }

  private List<StateDefinition> states(TypeDefinition type) {
    return order.task() == null ? type.states() : task(type).states();
  }

  private static List<FieldDefinition> fields(TypeDefinition type, Map<String, ?> sent) {
    return type.fields().stream().filter(f -> sent.containsKey(f.name())).toList();
  }

  /* What was sent was checked once, by one version; a resource may be of another. */
  private void same(List<FieldDefinition> is, List<FieldDefinition> asked, Family family) {
    if (!is.equals(asked)) {
      throw invalid(
          "it is of version %d of its type, which has other fields than version %d, by which the request was checked"
              .formatted(family.resource().machine().list().version(), order.version()));
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(Refusal.Code.INVALID, message);
  }
}
