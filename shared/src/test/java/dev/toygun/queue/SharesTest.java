package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.ListName;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharesTest {
  private static int[] shares(List<Long> lengths, int room) {
    return Shares.of(lengths, lengths.isEmpty() ? List.of() : List.of(0), room);
  }

  @Test
  void whereThereIsRoomForAllEachListGivesAllItHas() {
    assertThat(shares(List.of(3L, 0L, 2L), 10)).containsExactly(3, 0, 2);
  }

  @Test
  void aListThatIsFullTakesNoOthersPlace() {
    assertThat(shares(List.of(1_000_000L, 1L, 2L), 6)).containsExactly(3, 1, 2);
  }

  @Test
  void whereThereIsLittleRoomTheFirstListsComeFirst() {
    assertThat(shares(List.of(5L, 5L, 5L), 2)).containsExactly(1, 1, 0);
    assertThat(shares(List.of(5L, 5L), 3)).containsExactly(2, 1);
  }

  @Test
  void whereThereIsNothingOrNoRoomNothingIsGiven() {
    assertThat(shares(List.of(), 5)).isEmpty();
    assertThat(shares(List.of(0L, 0L), 5)).containsExactly(0, 0);
    assertThat(shares(List.of(5L, 5L), 0)).containsExactly(0, 0);
  }

  @Test
  void whatIsOfOnePriorityIsGivenBeforeWhatIsBehindIt() {
    List<Long> lengths = List.of(3L, 2L, 5L, 1L);
    assertThat(Shares.of(lengths, List.of(0, 2), 4)).containsExactly(2, 2, 0, 0);
    assertThat(Shares.of(lengths, List.of(0, 2), 8)).containsExactly(3, 2, 2, 1);
    assertThat(Shares.of(lengths, List.of(0, 1, 2), 20)).containsExactly(3, 2, 5, 1);
  }

  @Test
  void aPriorityEndsWhereAnotherBegins() {
    ListName high = new ListName("q", "a", 1, 0);
    ListName one = new ListName("q", "a", 1, 5);
    ListName other = new ListName("q", "b", 1, 5);
    assertThat(Shares.classes(List.of())).isEmpty();
    assertThat(Shares.classes(List.of(one, other))).containsExactly(0);
    assertThat(Shares.classes(List.of(one, other, high))).containsExactly(0, 2);
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
    int[] shares = shares(lengths, room);
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
