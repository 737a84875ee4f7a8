package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Indexes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When clocks write up the index of a field. */
class IndexPassTest {
  private final ClockRig rig = new ClockRig();

  @Test
  void pagesAreWrittenHalfOfTheTimeAndThenItIsAskedEveryTenSeconds() {
    Pages pages = new Pages();
    rig.rows.indexes = pages;
    rig.clock(ClockSettings.STANDARD);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(5);
    assertThat(pages.declared).isPositive();
    pages.left = 100;
    rig.pass(10);
    int before = pages.left;
    assertThat(before).as("it was seen").isLessThan(100);
    rig.pass(2);
    assertThat(before - pages.left).as("pages of 50 ms in 2 s").isBetween(15, 25);
    rig.pass(20);
    assertThat(pages.left).isZero();
    int declared = pages.declared;
    rig.pass(60);
    assertThat(pages.declared - declared).isBetween(5, 13);
  }

  /** So many pages, each of which takes 50 ms. */
  private final class Pages implements Indexes {
    private int left;
    private int declared;

    @Override
    public Future<Void> declare() {
      declared++;
      return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> fill(int most) {
      if (left == 0) {
        return Future.succeededFuture(false);
      }
      Promise<Boolean> done = Promise.promise();
      rig.time.after(
          Duration.ofMillis(50),
          () -> {
            left--;
            done.complete(true);
          });
      return done.future();
    }
  }
}
