package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.clock.Seconds.Range;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everySecondsBucketIsAskedForExactlyOnce(long seed) {
    Random chance = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      long after = 1_900_000_000L + chance.nextInt(100_000);
      long upto = after + 1 + chance.nextInt(700);
      int period = 1 + chance.nextInt(300);
      List<Integer> asked = new ArrayList<>();
      for (Range range : new Seconds(after, upto).buckets(period)) {
        assertThat(range.last()).isGreaterThanOrEqualTo(range.first());
        IntStream.rangeClosed(range.first(), range.last()).forEach(asked::add);
      }
      List<Integer> wanted =
          LongStream.rangeClosed(after + 1, upto)
              .mapToObj(second -> (int) (second % period))
              .distinct()
              .sorted()
              .toList();
      assertThat(asked.stream().sorted().toList())
          .as("seed %d, after %d, up to %d, period %d", seed, after, upto, period)
          .isEqualTo(wanted);
    }
  }

  @Test
  void aHundredThousandCompleteFuturesFitOnTheStack() {
    List<Integer> done = new ArrayList<>();
    List<Integer> failed = new ArrayList<>();
    Future<Void> all =
        InTurn.each(
            IntStream.range(0, 100_000).boxed().toList(),
            i -> {
              if (i % 1000 == 7) {
                throw new IllegalStateException("one of them");
              }
              done.add(i);
              return Future.succeededFuture();
            },
            (i, failure) -> failed.add(i));
    assertThat(all.succeeded()).isTrue();
    assertThat(done).hasSize(99_900);
    assertThat(failed).hasSize(100);
  }
}
