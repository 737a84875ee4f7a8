package dev.toygun.worker;

import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a worker does under one lease: the subjects it was asked for, and how far it is. */
final class Errand implements Underway.Desk {
  private static final Duration BUSY = Duration.ofSeconds(2);

  final UUID lease;
  final UUID resource;
  final ListName list;

  /** The one task that is ticked under its own lease; null under a resource's. */
  final @Nullable SubjectKey shared;

  final Set<SubjectKey> polled = new LinkedHashSet<>();
  final Set<SubjectKey> skipped = new HashSet<>();
  final Noted noted = new Noted();
  final Stint stint = new Stint();

  /**
   * How long its ticks have run since it was begun, in nanoseconds; less what waits for threads.
   */
  long ran;

  /** The list that its resource was in when it was last read: what is left of it goes there. */
  ListName found;

  /** When the lease was last known to be ours, by the monotonic clock. */
  long renewed;

  Cause cause;
  @Nullable String trace;
  Instant queued;
  Instant popped;
  Instant leased;
  int ticks;
  int setbacks;

  /** Since when its rows are locked by somebody, on a stopwatch. */
  @Nullable Long busySince;

  /** How often what it decided was refused: the first time it may only have been out of date. */
  int refusals;

  int judged;

  /** Its alarms were judged on what its last commit leaves, and there is nothing to say. */
  boolean quiet;

  /** What somebody asked for while it ran: it reads once more before it lets go. */
  final Set<SubjectKey> again = new LinkedHashSet<>();

  /** What was polled and not ticked when it began to let go: that goes through the queue again. */
  final Set<SubjectKey> leftPolled = new LinkedHashSet<>();

  /** It was set back: what it polled goes through the queue again, and not at once. */
  boolean putOff;

  /** The lease is no longer ours: nothing more is sent under it. */
  boolean over;

  /**
   * What its resource decided, when that comes to no more than not being due any longer: written
   * once nothing else is to be done, or with what makes the resource decide anew.
   */
  @Nullable Settle settle;

  /** The lease is being given back. */
  boolean releasing;

  /** It has its turn to be ticked alone. */
  boolean alone;

  /** What was asked to end since the rows were read: they are not what it is to go on from. */
  private final Set<SubjectKey> outdated = new HashSet<>();

  private final Set<SubjectKey> begun = new HashSet<>();
  private Instant readAt;
  private long readNanos;

  private @Nullable Subject ticked;
  private @Nullable Underway<?> underway;

  Errand(
      UUID lease,
      UUID resource,
      ListName list,
      @Nullable SubjectKey shared,
      Asked asked,
      long now,
      Instant leased) {
    this.lease = lease;
    this.resource = resource;
    this.list = list;
    this.found = list;
    this.shared = shared;
    this.renewed = now;
    this.cause = asked.cause();
    this.trace = asked.trace();
    this.queued = asked.queued();
    this.popped = asked.popped();
    this.leased = leased;
    this.readAt = leased;
    this.readNanos = now;
    if (asked.poll()) {
      polled.addAll(asked.subjects());
    }
  }

  /** A settle of the resource that is kept back. */
  record Settle(Subject subject, Outcome outcome) {}

  /**
   * What a ticket asked for under one lease.
   *
   * @param poll whether the subjects are polled rather than due
   */
  record Asked(
      Set<SubjectKey> subjects,
      boolean poll,
      Cause cause,
      @Nullable String trace,
      Instant queued,
      Instant popped) {}

  @Override
  public ListName list() {
    return list;
  }

  @Override
  public void underway(@Nullable Underway<?> code) {
    underway = code;
  }

  @Override
  public void waits() {
    stint.waits();
  }

  @Override
  public void waited(long nanos) {
    ran -= nanos;
    stint.threadless(nanos);
  }

  /**
   * These are asked for while it is under way: it reads once more before it lets go. A poll that
   * another's tick holds up is ticked after that, and one that meets its own is dropped.
   */
  void asked(Set<SubjectKey> keys, boolean poll) {
    if (!poll) {
      again.addAll(keys);
      return;
    }
    keys.stream()
        .filter(key -> ticked == null || !key.equals(ticked.key()))
        .forEach((releasing ? leftPolled : polled)::add);
  }

  /** It lets go though this is next: what is due at once, and leaves what is polled. */
  List<Committed.Woken> leaves(Subject next) {
    polled.stream()
        .filter(key -> next.family().machine(key).filter(Errand::polls).isPresent())
        .forEach(leftPolled::add);
    return isDue(next.row(), next.now())
        ? List.of(new Committed.Woken(next.key(), found))
        : List.of();
  }

  /**
   * It is set back: what it has yet to poll is polled later, and after that what it ticked and
   * could not write, so that a row that is locked for long holds up no other.
   */
  void putOff() {
    putOff = true;
    leftPolled.addAll(polled);
    if (ticked != null && polls(ticked.row())) {
      leftPolled.add(ticked.key());
    }
  }

  /** The tick of a subject has come back, after so many nanoseconds. */
  void back(Subject subject, long took) {
    ran += took;
    noted.back(subject.key());
  }

  /** Its rows were read: at this time of the database, while the stopwatch showed that. */
  void read(Instant now, long nanos) {
    readAt = now;
    readNanos = nanos;
  }

  /* In whole microseconds, as the database keeps times: what is written is compared with what is read. */
  @Override
  public Instant now(long nanos) {
    return readAt.plusNanos(nanos - readNanos).truncatedTo(ChronoUnit.MICROS);
  }

  /** Its rows are about to be read. */
  void reads() {
    again.clear();
    skipped.clear();
    outdated.clear();
    quiet = false;
    ticked = null;
    settle = null; // Its row is still due, and will be decided again.
  }

  /** Whether this is the first tick of a subject. */
  boolean first(SubjectKey key) {
    return begun.add(key);
  }

  /** Whether this subject, which is ticked next, was asked to end since its row was read. */
  boolean isOutdated(Subject next) {
    ticked = next;
    return outdated.contains(next.key()) || outdated.contains(SubjectKey.ofResource(resource));
  }

  /** A subject was asked to end: its own code is broken off, or all code of a resource. */
  void interrupt(SubjectKey asked) {
    outdated.add(asked);
    boolean meant = ticked != null && asked.equals(ticked.key());
    if (underway != null && (asked.isResource() || meant)) {
      underway.breakOff();
    }
  }

  /** Breaks off the code that is under way, if it is of such a subject. */
  void interrupt(Predicate<Subject> asked) {
    if (underway != null && ticked != null && asked.test(ticked)) {
      underway.breakOff();
    }
  }

  /**
   * Its lease was given back and kept, for what others asked for meanwhile. It begins afresh: one
   * that counted on as too long at it would give back what it was just asked for, for ever.
   */
  void kept(long asked, Set<SubjectKey> askedFor) {
    noted.taken(askedFor, Map.of());
    polled.addAll(leftPolled);
    polled.addAll(askedFor); // It is not told which of them were polled.
    leftPolled.clear();
    putOff = false;
    releasing = false;
    ran = 0;
    renewed = asked;
    ticks = 0;
    judged = 0;
    begun.clear();
  }

  /** Its lease is gone: code that runs is asked to stop. */
  void lose() {
    over = true;
    if (underway != null) {
      underway.breakOff();
    }
  }

  /**
   * What is to be ticked: what is due, the resource first, then its tasks; and what is polled, who
   * waits for longest first.
   */
  List<SubjectKey> due(Family family, Instant now) {
    Set<SubjectKey> due = new LinkedHashSet<>();
    if (isDue(family.resource().machine(), now)) {
      due.add(family.resource().key());
    }
    family.tasks().stream()
        .filter(task -> isDue(task.machine(), now))
        .forEach(task -> due.add(task.key()));
    polled.stream()
        .filter(key -> family.machine(key).filter(Errand::polls).isPresent())
        .forEach(due::add);
    return due.stream().filter(key -> wants(key, family)).toList();
  }

  private boolean wants(SubjectKey key, Family family) {
    return (shared == null || shared.equals(key))
        && !skipped.contains(key)
        && family.machine(key).filter(MachineRow::active).isPresent();
  }

  private static boolean polls(MachineRow row) {
    return row.active() && row.everyS() != null;
  }

  private static boolean isDue(MachineRow row, Instant now) {
    return row.dueAt() != null && !row.dueAt().isAfter(now);
  }

  /**
   * Whether it has held its lease for a locked row for so long that somebody else may have a turn:
   * what is leased is not told as stuck, where the lease is a task's own.
   */
  boolean isBusyForLong(long now) {
    if (busySince == null) {
      busySince = now;
    }
    return now - busySince > BUSY.toNanos();
  }
}
