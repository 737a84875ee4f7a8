package dev.toygun.store;

import dev.toygun.store.Breakers.Standing;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person may ask for about breakers; as {@link Operations}, each future fails with a {@link
 * Refusal} where it cannot be, and then nothing has changed.
 */
public final class BreakerOperations {
  private final Breakers breakers;
  private final Supplier<UUID> uuids;

  /**
   * Operations on the breakers of a store.
   *
   * @param uuids makes those of holds
   */
  public BreakerOperations(Breakers breakers, Supplier<UUID> uuids) {
    this.breakers = breakers;
    this.uuids = uuids;
  }

  /** All that types declare, and all others that are not closed, by name: at most 1,000. */
  public Future<List<Standing>> all() {
    return breakers.declared().compose(breakers::look);
  }

  /**
   * How many runs are due and wait for each that is not closed, counted up to 1,000.
   *
   * @return by name; none for those for which nobody waits
   */
  public Future<Map<String, Long>> waiting() {
    return breakers.waiting();
  }

  /** Opens it until a person closes it, or, unless that is null, until it is tried at this time. */
  public Future<Standing> open(String name, @Nullable Instant until, By by) {
    return change(name, it -> BreakerBook.opened(it, until, by.actor(), by.reason()));
  }

  /** Closes it: what waited is let go. */
  public Future<Standing> close(String name, By by) {
    return change(name, it -> BreakerBook.closed(it, by.actor(), by.reason()));
  }

  /** This one; fails with a {@link Refusal} of code {@code NOT_FOUND} where there is none. */
  public Future<Standing> find(String name) {
    return all()
        .map(
            all ->
                all.stream()
                    .filter(it -> it.row().name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> BreakerBook.absent(name)));
  }

  private Future<Standing> change(String name, Function<Standing, BreakerChange> decide) {
    return find(name)
        .compose(
            it ->
                breakers
                    .change(decide.apply(it), uuids.get(), uuids.get())
                    .map(
                        row ->
                            new Standing(
                                it.declared(),
                                row.orElseThrow(() -> changed(name)),
                                it.kept(),
                                it.failed(),
                                it.good(),
                                it.letGo(),
                                it.now())));
  }

  private static Refusal changed(String name) {
    return new Refusal(
        Refusal.Code.STALE,
        "breaker %s has changed in this moment: look at it, and ask again".formatted(name));
  }
}
