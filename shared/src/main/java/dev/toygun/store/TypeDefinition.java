package dev.toygun.store;

import dev.toygun.Keep;
import dev.toygun.Limits;
import dev.toygun.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A resource type as data: what a worker publishes, and the API and the clock work from. Times are
 * in seconds.
 *
 * @param queue where its resources and their tasks belong; {@code default} where a build says none
 * @param first the state in which it starts
 * @param diagram its states as a Mermaid diagram
 * @param children the types of children that it makes and sees
 * @param handlesPanics whether it is asked about panics of its tasks and below it
 * @param keep how long an ended one stays; null where an older worker has not said
 * @param restarts how often its code may restart one, or null
 * @param quota what one may use with everything below it, or null; an older worker has said none
 */
public record TypeDefinition(
    String name,
    int version,
    String queue,
    Priority priority,
    String first,
    List<FieldDefinition> fields,
    List<StateDefinition> states,
    List<TaskDefinition> tasks,
    List<String> children,
    boolean handlesPanics,
    List<AlarmDefinition> alarms,
    String diagram,
    @Nullable Long keep,
    @Nullable RateDefinition restarts,
    @Nullable QuotaDefinition quota) {

  /** Of which code may restart one as often as it likes, and which has no quota. */
  public TypeDefinition(
      String name,
      int version,
      String queue,
      Priority priority,
      String first,
      List<FieldDefinition> fields,
      List<StateDefinition> states,
      List<TaskDefinition> tasks,
      List<String> children,
      boolean handlesPanics,
      List<AlarmDefinition> alarms,
      String diagram,
      @Nullable Long keep) {
    this(
        name,
        version,
        queue,
        priority,
        first,
        fields,
        states,
        tasks,
        children,
        handlesPanics,
        alarms,
        diagram,
        keep,
        null,
        null);
  }

  public TypeDefinition {
    queue = Objects.requireNonNullElse(queue, ListName.DEFAULT_QUEUE);
    priority = Objects.requireNonNullElse(priority, Priority.NORMAL);
  }

  /** Where its resources and their tasks belong. */
  public ListName list() {
    return new ListName(queue, name, version, priority.stored());
  }

  /**
   * A field.
   *
   * @param type the text form of a {@link dev.toygun.FieldType}
   * @param initial the initial value as decorated JSON, or null
   * @param constraints what its values have to be, as decorated JSON; null where anything of its
   *     type will do, or an older worker has not said
   * @param internal whether nobody sets it but code, or an admin; an older worker has not said
   * @param indexed whether resources are found by it through an index; an older one has not said
   */
  public record FieldDefinition(
      String name,
      String type,
      boolean required,
      boolean secret,
      @Nullable String initial,
      List<String> formerly,
      @Nullable String constraints,
      boolean internal,
      boolean indexed) {
    /** Of which anything of its type will do. */
    public FieldDefinition(
        String name,
        String type,
        boolean required,
        boolean secret,
        @Nullable String initial,
        List<String> formerly) {
      this(name, type, required, secret, initial, formerly, null, false, false);
    }
  }

  /**
   * A state.
   *
   * @param code {@code decide}, {@code async} or {@code blocking}
   */
  public record StateDefinition(
      String name,
      String code,
      List<String> to,
      boolean finishes,
      boolean onDelete,
      boolean rests,
      boolean waits,
      List<SignalDefinition> signals,
      @Nullable Long every,
      @Nullable Long within,
      double limit,
      int retries,
      List<String> formerly) {
    /** Its name, and the former ones. */
    public List<String> names() {
      return Stream.concat(Stream.of(name), formerly.stream()).toList();
    }

    /** The names of the one of these states that has, or had, this name. */
    public static Optional<List<String>> names(List<StateDefinition> states, String name) {
      return states.stream().map(StateDefinition::names).filter(n -> n.contains(name)).findFirst();
    }
  }

  /** A signal that a state waits for. */
  public record SignalDefinition(String name, List<FieldDefinition> fields) {
    /**
     * The signal of this name that a machine of these states waits for in any of them.
     *
     * @throws Refusal naming those it waits for, where it is none of them
     */
    public static SignalDefinition of(List<StateDefinition> states, String name) {
      List<SignalDefinition> known = states.stream().flatMap(s -> s.signals().stream()).toList();
      return known.stream()
          .filter(signal -> signal.name().equals(name))
          .findFirst()
          .orElseThrow(
              () -> Refusal.noSignal(name, known.stream().map(SignalDefinition::name).toList()));
    }
  }

  /**
   * A task.
   *
   * @param startsWhen whether a predicate starts it
   * @param stopsWhen whether a predicate stops it
   * @param schedule when it starts by itself, or null
   * @param keep which ended runs stay; null where an older worker has not said
   * @param limits how many runs there may be, or null
   * @param internal whether nobody starts it but what the type says; an older worker has not said
   * @param within how many seconds a run may take, or null
   */
  public record TaskDefinition(
      String name,
      boolean shared,
      boolean exits,
      boolean handlesPanics,
      boolean startsWhen,
      boolean stopsWhen,
      @Nullable ScheduleDefinition schedule,
      String first,
      List<FieldDefinition> fields,
      List<StateDefinition> states,
      String diagram,
      @Nullable KeepDefinition keep,
      @Nullable LimitsDefinition limits,
      boolean internal,
      @Nullable Long within) {
    /** Of which a run may take for ever. */
    public TaskDefinition(
        String name,
        boolean shared,
        boolean exits,
        boolean handlesPanics,
        boolean startsWhen,
        boolean stopsWhen,
        @Nullable ScheduleDefinition schedule,
        String first,
        List<FieldDefinition> fields,
        List<StateDefinition> states,
        String diagram,
        @Nullable KeepDefinition keep,
        @Nullable LimitsDefinition limits,
        boolean internal) {
      this(
          name,
          shared,
          exits,
          handlesPanics,
          startsWhen,
          stopsWhen,
          schedule,
          first,
          fields,
          states,
          diagram,
          keep,
          limits,
          internal,
          null);
    }

    /** Which ended runs stay, whether said or not. */
    public KeepDefinition keeps() {
      return keep == null
          ? new KeepDefinition(Keep.DEFAULT.runs(), Keep.DEFAULT.time().toSeconds())
          : keep;
    }
  }

  /**
   * Which ended runs of a task stay: so many of the latest, and those that ended within this time.
   */
  public record KeepDefinition(int runs, long time) {}

  /**
   * What a run of a task waits for before it begins; a definition without any says null.
   *
   * @param concurrency how many may be under way at once, or null
   * @param rate how many may begin within a time, or null
   * @param brake when none begin any more, or null
   * @param approval whether somebody has to approve each run; an older worker has not said
   * @param breaker what keeps it from running, or null
   * @param demoteBelow how well it has to work for its runs not to ask, or null
   * @param shared what it shares with other tasks, or null; an older worker has said none
   */
  public record LimitsDefinition(
      @Nullable Integer concurrency,
      @Nullable RateDefinition rate,
      @Nullable BrakeDefinition brake,
      boolean approval,
      @Nullable BreakerDefinition breaker,
      @Nullable EfficacyDefinition demoteBelow,
      @Nullable SharedDefinition shared) {
    /** With these limits alone; nothing demotes it, and it shares none. */
    public LimitsDefinition(
        @Nullable Integer concurrency,
        @Nullable RateDefinition rate,
        @Nullable BrakeDefinition brake,
        boolean approval,
        @Nullable BreakerDefinition breaker) {
      this(concurrency, rate, brake, approval, breaker, null, null);
    }
  }

  /** Which share of so many of its latest runs have to have worked for it not to be demoted. */
  public record EfficacyDefinition(int percent, int runs) {}

  /** Which share of the peers may want a task. */
  public record BrakeDefinition(int percent, boolean perParent) {}

  /** How many runs may begin within so many seconds. */
  public record RateDefinition(int runs, long per) {
    /** The same as a type has it. */
    public Limits.Rate rate() {
      return new Limits.Rate(runs, Duration.ofSeconds(per));
    }
  }

  /** How many seconds of the workers one may use within so many seconds. */
  public record QuotaDefinition(double used, long per) {}

  /** How many runs of all tasks that share it may be under way, or begin. */
  public record SharedDefinition(
      String name, @Nullable Integer concurrency, @Nullable RateDefinition rate) {}

  /**
   * An alarm that it can have.
   *
   * @param judged whether it opens by itself; if not, code raises it
   * @param forAtLeast in seconds
   * @param escalateAfter in seconds, or null
   * @param repair the name of a task, or null
   * @param repairMost how often it is started within the window
   * @param repairWindow in seconds
   * @param suggested the names of tasks; an older worker has said none
   */
  public record AlarmDefinition(
      String name,
      String severity,
      boolean judged,
      long forAtLeast,
      @Nullable Long escalateAfter,
      @Nullable String repair,
      int repairMost,
      long repairWindow,
      @Nullable String runbook,
      List<String> suggested) {
    public AlarmDefinition {
      suggested = List.copyOf(Objects.requireNonNullElse(suggested, List.of()));
    }

    /** What puts it right: its repair, and what it suggests. */
    public List<String> tasks() {
      return Stream.concat(Stream.ofNullable(repair), suggested.stream()).distinct().toList();
    }
  }

  /** How many seconds an ended one stays, whether said or not. */
  public long keepSeconds() {
    return keep == null ? Keep.RESOURCE.toSeconds() : keep;
  }

  /** The names under which its state of this name, present or former, may be stored. */
  public List<String> names(String state) {
    return StateDefinition.names(states, state).orElse(List.of(state));
  }

  /** The task of this name. */
  public Optional<TaskDefinition> task(String name) {
    return tasks.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** The field of this name. */
  public Optional<FieldDefinition> field(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }
}
