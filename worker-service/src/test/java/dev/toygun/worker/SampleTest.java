package dev.toygun.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toygun.store.Usage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final long MILLI = 1_000_000;

  private final SplittableRandom chance = new SplittableRandom(7);
  private final Sample sample = new Sample(chance::nextDouble);

  private void tick(int resource, long ran, long waited) {
    sample.add(new UUID(0, resource), "thing", "", 1, ran, waited, ran / 10);
  }

  private static double sum(
      List<Usage> all, Predicate<Usage> which, ToDoubleFunction<Usage.Spent> what) {
    return all.stream().filter(which).map(Usage::spent).mapToDouble(what).sum();
  }

  private static boolean is(Usage used, int from, int to) {
    long number = used.resource() == null ? -1 : used.resource().getLeastSignificantBits();
    return number >= from && number < to;
  }

  @Test
  void whatHasAPlaceIsCountedExactlyAndWhatWasTakenIsForgotten() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < Sample.PLACES; i++) {
        tick(i, MILLI, 2 * MILLI);
      }
    }
    List<Usage> all = sample.take();
    assertThat(all).hasSize(Sample.PLACES);
    assertThat(all)
        .allSatisfy(
            used -> {
              assertThat(used.spent().ticks()).isEqualTo(3);
              assertThat(used.spent().ran()).isCloseTo(0.003, within(1e-9));
              assertThat(used.spent().waited()).isCloseTo(0.006, within(1e-9));
              assertThat(used.spent().committed()).isCloseTo(0.0003, within(1e-9));
            });
    assertThat(sample.take()).isEmpty();
  }

  @Test
  void whoeverUsesMuchIsKnownAmongManyWhoUseLittle() {
    for (int i = 0; i < 100_000; i++) {
      tick(i % 10 == 0 ? 1_000_000 : i, i % 10 == 0 ? 3 * MILLI : MILLI, 0);
    }
    List<Usage> all = sample.take();
    assertThat(all).hasSize(Sample.PLACES);
    assertThat(sum(all, used -> is(used, 1_000_000, 1_000_001), Usage.Spent::ran))
        .isCloseTo(30, within(1.5));
    assertThat(sum(all, used -> true, Usage.Spent::used)).isCloseTo(132, within(1e-6));
  }

  @Test
  void whatManySmallOnesUsedTogetherIsRightOnAverage() {
    double ran = 0;
    double waited = 0;
    double ticks = 0;
    int samples = 200;
    for (int n = 0; n < samples; n++) {
      for (int i = 0; i < 5_000; i++) {
        int resource = (i * 2_654_435 & Integer.MAX_VALUE) % 5_000;
        boolean ours = resource < 1_000; // A fifth of the ticks, each of which runs twice as long.
        tick(resource, ours ? 2 * MILLI : MILLI, ours ? 7 * MILLI : 0);
      }
      List<Usage> all = sample.take();
      ran += sum(all, used -> is(used, 0, 1_000), Usage.Spent::ran);
      waited += sum(all, used -> is(used, 0, 1_000), Usage.Spent::waited);
      ticks += sum(all, used -> is(used, 0, 1_000), Usage.Spent::ticks);
    }
    assertThat(ran / samples).isCloseTo(2, within(0.1));
    assertThat(waited / samples).isCloseTo(7, within(0.35));
    assertThat(ticks / samples).isCloseTo(1_000, within(50.0));
  }

  @Test
  void whatTakesNoTimeIsSeenByItsTicks() {
    for (int i = 0; i < 1_000; i++) {
      sample.add(new UUID(0, i), "thing", "", 1, 0, 0, 0);
    }
    assertThat(sum(sample.take(), used -> true, Usage.Spent::ticks)).isCloseTo(1_000, within(1e-6));
  }
}
