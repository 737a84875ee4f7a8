package dev.toygun.api;

import dev.toygun.queue.Leases;
import dev.toygun.queue.Leases.Holder;
import dev.toygun.store.Admission;
import dev.toygun.store.Explained;
import dev.toygun.store.Explanations;
import dev.toygun.store.Explanations.Way;
import dev.toygun.store.Liveness.Reason;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Turn;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/resources/{type}/{uuid}/explain} and {@code GET /v1/tasks/{uuid}/explain}: why
 * does this wait?
 */
final class Explain {
  /* What is in hand is only said besides: nobody waits long for a Redis that does not answer. */
  private static final Duration LEASES_ANSWER = Duration.ofMillis(500);

  private static final Set<Reason> IN_HAND =
      Set.of(Reason.DUE, Reason.POLLING, Reason.STUCK, Reason.LATE);

  private final Resources resources;
  private final Tasks tasks;
  private final Types types;
  private final Views views;
  private final Explanations explanations;
  private final Leases leases;
  private final Standings standings;

  Explain(
      Resources resources,
      Tasks tasks,
      Types types,
      Views views,
      Explanations explanations,
      Leases leases) {
    this.resources = resources;
    this.tasks = tasks;
    this.types = types;
    this.views = views;
    this.explanations = explanations;
    this.leases = leases;
    this.standings = new Standings(views, explanations);
  }

  /**
   * What hangs off one resource.
   *
   * @param shown at least one; the first leads to the next level
   * @param others how many more there are
   */
  record Level(List<Explained> shown, long others) {}

  Future<Answer> resource(Call call) {
    @Nullable Set<String> among = call.caller().scope().typesWithin();
    return resources
        .row(call)
        .compose(
            row ->
                explanations
                    .of(row.uuid(), among)
                    .compose(
                        items ->
                            items.isEmpty()
                                ? ended("it has ended", row.machine())
                                : answer(call.caller().scope(), row, items)));
  }

  Future<Answer> task(Call call) {
    @Nullable Set<String> among = call.caller().scope().typesWithin();
    return tasks
        .row(call)
        .compose(
            row ->
                explanations
                    .of(List.of(row.key()), among)
                    .compose(
                        items ->
                            items.isEmpty()
                                ? ended(
                                    "it has ended: " + MachineShow.status(row.status()),
                                    row.machine())
                                : answer(call.caller().scope(), null, items)));
  }

  private static Future<Answer> ended(String words, MachineRow machine) {
    // Of what ends just now it is not there yet.
    @Nullable Instant at = Because.time(machine.endedAt());
    Standing none = new Standing(null, null, List.of(), List.of(), Map.of());
    return Future.succeededFuture(
        shown(
            List.of(),
            List.of(),
            none,
            at == null ? words : words + ", " + at,
            each -> new JsonObject()));
  }

  private Future<Answer> answer(
      KeyScope scope, @Nullable ResourceRow resource, List<Explained> items) {
    Explained asked = items.get(0);
    Future<List<Level>> chained = chain(items, scope.typesWithin());
    Future<Standing> stands = standings.of(scope, resource, items);
    return Future.all(chained, stands)
        .compose(
            both -> {
              List<Level> chain = chained.result();
              Standing standing = stands.result();
              List<Explained> all =
                  Stream.concat(items.stream(), chain.stream().flatMap(l -> l.shown().stream()))
                      .toList();
              return because(all)
                  .map(
                      because ->
                          shown(
                              items,
                              chain,
                              standing,
                              because.sentence(asked, chain),
                              each -> show(each, because)));
            });
  }

  /** What keeps it, level by level; nothing where it is itself what keeps it. */
  private Future<List<Level>> chain(List<Explained> items, @Nullable Set<String> among) {
    Explained asked = items.get(0);
    if (!isKeptByOthers(asked)) {
      return Future.succeededFuture(List.of());
    }
    boolean waits = !asked.isTask() && (asked.leaves() || asked.reason() == Reason.WAITING);
    return explanations
        .way(asked.key().resource(), among, asked.isTask() ? asked.uuid() : null)
        .compose(
            way ->
                way.isInTrouble() || waits
                    ? levels(way, items, among)
                    : Future.succeededFuture(List.of()));
  }

  private static boolean isKeptByOthers(Explained asked) {
    return switch (asked.reason()) {
      case WAITING -> asked.admission() == null;
      case POLLING, DUE_LATER, RESTING -> !asked.isTask() && asked.tries() == 0;
      case DUE, HELD, PANICKED, STUCK, LATE, LEFT_OVER -> false;
    };
  }

  private Future<List<Level>> levels(Way way, List<Explained> items, @Nullable Set<String> among) {
    List<SubjectKey> shown = way.levels().stream().flatMap(l -> l.shown().stream()).toList();
    return explanations
        .of(shown, among)
        .map(
            found -> {
              Map<UUID, Explained> known = new HashMap<>();
              Stream.concat(items.stream(), found.stream()).forEach(e -> known.put(e.uuid(), e));
              List<Level> levels = new ArrayList<>();
              for (Explanations.Level level : way.levels()) {
                // What has ended since it was found keeps nothing any more.
                if (!known.containsKey(level.shown().get(0).uuid())) {
                  break;
                }
                levels.add(
                    new Level(
                        level.shown().stream()
                            .map(key -> Optional.ofNullable(known.get(key.uuid())))
                            .flatMap(Optional::stream)
                            .toList(),
                        level.others()));
              }
              return levels;
            });
  }

  private Future<Because> because(List<Explained> all) {
    return Future.all(turns(all), workers(all), attempts(all))
        .map(parts -> new Because(parts.resultAt(0), parts.resultAt(1), parts.resultAt(2)));
  }

  /* There are few resources of which one waits for its turn: of a chain only the last. */
  private Future<TurnShow> turns(List<Explained> all) {
    List<UUID> asking =
        all.stream().filter(e -> e.admission() == Admission.ASKS).map(Explained::uuid).toList();
    List<Future<List<Turn>>> turns =
        all.stream()
            .filter(e -> e.admission() == Admission.WAITS)
            .map(e -> e.key().resource())
            .distinct()
            .map(views::turns)
            .toList();
    return Future.all(turns)
        .map(
            done ->
                new TurnShow(
                    asking, turns.stream().flatMap(turn -> turn.result().stream()).toList()));
  }

  /** Which worker has which of these in hand; none where nobody answers. */
  private Future<Map<UUID, String>> workers(Collection<Explained> all) {
    Set<UUID> asked =
        all.stream()
            .filter(e -> IN_HAND.contains(e.reason()))
            .flatMap(e -> Stream.of(e.key().resource(), e.uuid()))
            .collect(Collectors.toSet());
    if (asked.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return leases
        .holders(asked)
        .timeout(LEASES_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(Map.of())
        .map(
            holders -> {
              Map<UUID, String> workers = new HashMap<>();
              for (Holder holder : holders.values()) {
                holder.ticking().forEach(machine -> workers.put(machine, holder.owner()));
              }
              return workers;
            });
  }

  /** How many tries those have that fail. */
  private Future<Map<UUID, Integer>> attempts(Collection<Explained> all) {
    Map<UUID, Future<Optional<Integer>>> found = new LinkedHashMap<>();
    all.stream().filter(e -> e.tries() > 0).forEach(e -> found.put(e.uuid(), attempts(e)));
    return Future.all(List.copyOf(found.values()))
        .map(
            done -> {
              Map<UUID, Integer> attempts = new HashMap<>();
              found.forEach(
                  (machine, most) -> most.result().ifPresent(n -> attempts.put(machine, n)));
              return attempts;
            });
  }

  private Future<Optional<Integer>> attempts(Explained e) {
    return types
        .definition(e.list().type(), e.list().version())
        .map(
            type ->
                states(type, e).stream()
                    .filter(state -> state.names().contains(e.state()))
                    .findFirst()
                    .map(state -> state.retries() + 1))
        .otherwise(Optional.empty());
  }

  private static List<StateDefinition> states(TypeDefinition type, Explained e) {
    return e.isTask()
        ? type.task(e.task()).map(TaskDefinition::states).orElse(List.of())
        : type.states();
  }

  private static Answer shown(
      List<Explained> items,
      List<Level> chain,
      Standing standing,
      String why,
      Function<Explained, JsonObject> each) {
    return Answer.ok(
        new JsonObject()
            .put("summary", standing.words().isEmpty() ? why : why + "; " + standing.words())
            .put("items", TypeShow.array(items, each))
            .put(
                "chain",
                TypeShow.array(
                    chain,
                    level ->
                        new JsonObject()
                            .put("items", TypeShow.array(level.shown(), each))
                            .put("others", level.others())))
            .put("availability", standing.availability())
            .put("alarms", standing.shownAlarms()));
  }

  private static JsonObject show(Explained e, Because because) {
    return new JsonObject()
        .put("uuid", e.uuid().toString())
        .put("resource", e.key().resource().toString())
        .put("type", e.list().type())
        .put("label", e.label())
        .put("task", e.isTask() ? e.task() : null)
        .put("state", e.state())
        .put("since", TypeShow.time(e.last().at()))
        .put("said", e.last().said())
        .put("deleting", e.leaves())
        .put("reason", e.reason().name().toLowerCase(Locale.ROOT))
        .put("because", because.of(e))
        .put("due_at", TypeShow.time(e.dueAt()))
        .put("deadline_at", TypeShow.time(e.deadlineAt()))
        .put("run_deadline_at", TypeShow.time(e.runDeadlineAt()))
        .put("worker", because.workers().get(e.uuid()))
        .put("attempt", e.tries() + 1)
        .put("attempts", because.attempts().get(e.uuid()))
        .put("error", error(e.failure()))
        .put("hold", e.hold() == null ? null : text(e.hold().uuid()))
        .put("alarm", text(e.alarm()));
  }

  private static @Nullable JsonObject error(Explained.@Nullable Failure failure) {
    return failure == null
        ? null
        : new JsonObject()
            .put("uuid", failure.uuid().toString())
            .put("kind", failure.kind())
            .put("message", failure.message())
            .put("at", failure.at().toString());
  }

  private static @Nullable String text(@Nullable UUID uuid) {
    return uuid == null ? null : uuid.toString();
  }
}
