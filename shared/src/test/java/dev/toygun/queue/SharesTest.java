package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharesTest {
  @Test
  void whereThereIsRoomForAllEachListGivesAllItHas() {
    assertThat(Shares.of(List.of(3L, 0L, 2L), 10)).containsExactly(3, 0, 2);
  }

  @Test
  void aListThatIsFullTakesNoOthersPlace() {
    assertThat(Shares.of(List.of(1_000_000L, 1L, 2L), 6)).containsExactly(3, 1, 2);
  }

  @Test
  void whereThereIsLittleRoomTheFirstListsComeFirst() {
    assertThat(Shares.of(List.of(5L, 5L, 5L), 2)).containsExactly(1, 1, 0);
    assertThat(Shares.of(List.of(5L, 5L), 3)).containsExactly(2, 1);
  }

  @Test
  void whereThereIsNothingOrNoRoomNothingIsGiven() {
    assertThat(Shares.of(List.of(), 5)).isEmpty();
    assertThat(Shares.of(List.of(0L, 0L), 5)).containsExactly(0, 0);
    assertThat(Shares.of(List.of(5L, 5L), 0)).containsExactly(0, 0);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  /** No list that has more gets two less than another. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatThereIsRoomForIsGivenEvenly(long seed) {
    Random random = new Random(seed);
    List<Long> lengths = random.longs(random.nextInt(1, 9), 0, 20).boxed().toList();
    int room = random.nextInt(80);
    int[] shares = Shares.of(lengths, room);
    long all = lengths.stream().mapToLong(Long::longValue).sum();
    assertThat(Arrays.stream(shares).sum()).isEqualTo((int) Math.min(room, all));
    int most = Arrays.stream(shares).max().orElseThrow();
    for (int i = 0; i < shares.length; i++) {
      assertThat((long) shares[i]).isBetween(0L, lengths.get(i));
      if (shares[i] < lengths.get(i)) {
        assertThat(shares[i]).isGreaterThanOrEqualTo(most - 1);
      }
    }
  }
}
