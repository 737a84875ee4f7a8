package dev.toygun.store;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bulk runs: asked for and looked at by people, carried out by clocks as {@link BulkBook} has it.
 * Every future ends, at the latest with its time-out.
 */
public interface Bulks {
  /** The pass by which clocks share this out. */
  String PASS = "bulks";

  /** Begins one; the same one where there is one of this uuid. */
  Future<Bulk> ask(Bulk bulk);

  /** What would be done now, counted up to 100,000, and the first few. */
  Future<Preview> preview(BulkOrder order, int few);

  /**
   * What would be done.
   *
   * @param more whether there are more than were counted
   */
  record Preview(long count, boolean more, List<Found> few) {}

  /** A resource that a filter finds. */
  record Found(UUID uuid, String label, String state) {}

  /**
   * Pauses one, has it go on, or ends it.
   *
   * @return fails with a {@link Refusal} of code {@code NOT_FOUND}, {@code ENDED} or {@code
   *     WRONG_STATE}
   */
  Future<Bulk> command(UUID bulk, Bulk.Command command, By by);

  /** One; null where there is none. */
  Future<@Nullable Bulk> bulk(UUID uuid);

  /**
   * The newest first, from after this one on.
   *
   * @param types of these types; null for any
   * @param under those that go no further than what is below this resource, or itself; null for any
   */
  Future<List<Bulk>> bulks(
      @Nullable Collection<String> types, @Nullable UUID under, @Nullable UUID after, int limit);

  /**
   * The items of one, by their resources' uuids, from after this one on.
   *
   * @param result null for any
   */
  Future<List<Seen>> items(
      UUID bulk, Bulk.@Nullable Result result, @Nullable UUID after, int limit);

  /**
   * An item, as it is shown.
   *
   * @param label of its resource; null where that is not there any more
   */
  record Seen(Bulk.Item item, @Nullable String label) {}

  /** Those that a clock is to look at now. */
  Future<List<UUID>> due(int limit);

  /**
   * Carries out a page of one, in one transaction: finds items, or does some of them and looks at
   * those that are watched. Of two clocks one does it, and the other finds nothing to do.
   *
   * @param page how many at most
   * @param uuids makes those of runs and signals
   * @param clock the clock, and its build; history names who asked for the bulk run
   */
  Future<Step> step(UUID bulk, int page, Supplier<UUID> uuids, Stamp clock);

  /**
   * What a page came to.
   *
   * @param more whether there is more to do at once
   * @param results how many items have got which result
   * @param due who is due by it
   * @param ends who was asked to end by it
   */
  record Step(
      boolean more,
      Map<Bulk.Result, Integer> results,
      List<Committed.Woken> due,
      List<SubjectKey> ends) {
    /** Nothing was done. */
    public static final Step NOTHING = new Step(false, Map.of(), List.of(), List.of());
  }

  /** What a store answers that has no such bulk run. */
  static Refusal absent(UUID bulk) {
    return new Refusal(Refusal.Code.NOT_FOUND, "there is no bulk run " + bulk);
  }
}
