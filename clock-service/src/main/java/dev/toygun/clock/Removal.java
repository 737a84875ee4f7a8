package dev.toygun.clock;

import dev.toygun.store.Old;
import dev.toygun.store.Retention;
import dev.toygun.store.Retention.Removed;
import dev.toygun.store.Retention.Seen;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way through all that is old of a kind. A page that cannot be removed is halved, until only
 * what it fails for is left out.
 */
final class Removal {
  private final Retention store;
  private final Old old;
  private final int look;
  private final int rows;
  private final Consumer<Removed> removed;
  private final BiConsumer<Seen, Throwable> failed;
  private final Deque<List<Seen>> batches = new ArrayDeque<>();
  private @Nullable Seen upto;
  private Through through = Through.NOT_YET;

  private enum Through {
    NOT_YET,
    LOOKED
  }

  /**
   * A way that has not begun.
   *
   * @param look how many a page looks at
   * @param rows how many rows of a table it removes
   * @param failed is told of each that is left out
   */
  Removal(
      Retention store,
      Old old,
      int look,
      int rows,
      Consumer<Removed> removed,
      BiConsumer<Seen, Throwable> failed) {
    this.store = store;
    this.old = old;
    this.look = look;
    this.rows = rows;
    this.removed = removed;
    this.failed = failed;
  }

  /** One short step; whether there are more. Fails where it could not look. */
  Future<Boolean> step() {
    return batches.isEmpty() ? look() : remove(batches.removeFirst()).map(done -> isLeft());
  }

  private boolean isLeft() {
    return !batches.isEmpty() || through == Through.NOT_YET;
  }

  private Future<Boolean> look() {
    return store
        .look(old, upto, look)
        .map(
            page -> {
              upto = page.upto();
              through = upto == null ? Through.LOOKED : Through.NOT_YET;
              if (!page.over().isEmpty()) {
                batches.add(page.over());
              }
              return isLeft();
            });
  }

  private Future<Void> remove(List<Seen> batch) {
    return store
        .remove(old, batch, rows)
        .map(
            done -> {
              removed.accept(done);
              if (done.more()) {
                batches.addFirst(batch);
              }
              return (Void) null;
            })
        .otherwise(
            failure -> {
              if (batch.size() == 1) {
                failed.accept(batch.get(0), failure);
              } else {
                int half = batch.size() / 2;
                batches.addFirst(batch.subList(half, batch.size()));
                batches.addFirst(batch.subList(0, half));
              }
              return null;
            });
  }

  @Override
  public String toString() {
    return old.toString();
  }
}
