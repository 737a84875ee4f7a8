package dev.toygun.api;

import dev.toygun.store.Explained;
import dev.toygun.store.Explanations;
import dev.toygun.store.Place;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Views;
import dev.toygun.store.Views.AlarmRow;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how it stands with what is explained. */
final class Standings {
  private static final int ALARMS = 20;

  private final Views views;
  private final Explanations explanations;

  Standings(Views views, Explanations explanations) {
    this.views = views;
    this.explanations = explanations;
  }

  /**
   * Of a resource and its tasks, or of a run.
   *
   * @param resource null where a run is asked about
   * @param items what is asked about first
   */
  Future<Standing> of(KeyScope scope, @Nullable ResourceRow resource, List<Explained> items) {
    Explained asked = items.get(0);
    Future<@Nullable Instant> since =
        resource == null ? Future.succeededFuture() : explanations.observed(asked.key().resource());
    return Future.all(since, alarms(asked))
        .compose(
            both -> {
              List<AlarmRow> alarms = both.resultAt(1);
              return above(scope, alarms)
                  .map(
                      above ->
                          new Standing(
                              resource == null ? null : resource.observed(),
                              both.resultAt(0),
                              items,
                              alarms,
                              above));
            });
  }

  private Future<List<AlarmRow>> alarms(Explained asked) {
    return asked.isTask()
        ? explanations.alarms(asked.key())
        : views.alarms(asked.key().resource(), null, false, null, null, ALARMS);
  }

  /** What they are folded under, as far as the caller may know of it. */
  private Future<Map<UUID, AlarmRow>> above(KeyScope scope, List<AlarmRow> alarms) {
    Set<UUID> under =
        alarms.stream()
            .map(AlarmRow::under)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    return explanations
        .alarms(under)
        .compose(
            found ->
                places(found)
                    .map(
                        places -> {
                          Map<UUID, AlarmRow> above = new HashMap<>();
                          for (AlarmRow one : found) {
                            if (scope.has(places.get(one.subject().resource()))) {
                              above.put(one.uuid(), one);
                            }
                          }
                          return above;
                        }));
  }

  private Future<Map<UUID, Place>> places(List<AlarmRow> alarms) {
    return alarms.isEmpty()
        ? Future.succeededFuture(Map.of())
        : views.places(
            alarms.stream()
                .map(alarm -> alarm.subject().resource())
                .collect(Collectors.toUnmodifiableSet()));
  }
}
