package dev.toygun.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final List<List<Integer>> sent = new ArrayList<>();
  private final List<Promise<List<String>>> answers = new ArrayList<>();
  private long now;
  private final Batches<Integer, String> batches = new Batches<>(() -> now, 3, 2, this::send);

  private Future<List<String>> send(List<Integer> group) {
    sent.add(group);
    answers.add(Promise.promise());
    return answers.get(answers.size() - 1).future();
  }

  @Test
  void anIdleSystemWaitsForNothing() {
    batches.ask(1);
    answers.get(0).complete(List.of("one"));
    batches.ask(2);
    assertThat(sent).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void whatComesMeanwhileLeavesTogetherOnceTheGroupIsBack() {
    batches.ask(1);
    batches.ask(2);
    batches.ask(3);
    assertThat(sent).containsExactly(List.of(1));
    answers.get(0).complete(List.of("one"));
    assertThat(sent).containsExactly(List.of(1), List.of(2, 3));
  }

  @Test
  void aFullGroupWaitsForNoOther() {
    for (int i = 1; i <= 8; i++) {
      batches.ask(i);
    }
    assertThat(sent).as("no more than two").containsExactly(List.of(1), List.of(2, 3, 4));
    answers.get(0).complete(List.of("one"));
    assertThat(sent.get(2)).containsExactly(5, 6, 7);
    answers.get(2).complete(List.of("five", "six", "seven"));
    assertThat(sent).as("the last is not full").hasSize(3);
    answers.get(1).complete(List.of("two", "three", "four"));
    assertThat(sent.get(3)).containsExactly(8);
    assertThat(batches.waiting()).isZero();
  }

  @Test
  void whoComesWhileAGroupTakesLongLeavesBesideItWithAllThatWait() {
    batches.ask(1);
    batches.ask(2);
    now = Duration.ofMillis(200).toNanos();
    batches.ask(3);
    assertThat(sent).containsExactly(List.of(1), List.of(2, 3));
  }

  @Test
  void eachIsAnsweredWithItsOwn() {
    batches.ask(0);
    Future<String> third = batches.ask(3);
    Future<String> fourth = batches.ask(4);
    answers.get(0).complete(List.of("-"));
    answers.get(1).complete(List.of("third", "fourth"));
    assertThat(third.result()).isEqualTo("third");
    assertThat(fourth.result()).isEqualTo("fourth");
  }

  @Test
  void whatAnAnswerAsksForAtOnceWaitsBeforeAnybodyLooksAtHowMuchDoes() {
    List<Integer> waited = new ArrayList<>();
    List<Batches<Integer, String>> self = new ArrayList<>();
    Batches<Integer, String> watched =
        new Batches<>(() -> now, 3, 1, this::send, () -> waited.add(self.get(0).waiting()));
    self.add(watched);
    watched.ask(1).onSuccess(answer -> watched.ask(3));
    watched.ask(2);
    answers.get(0).complete(List.of("one"));
    assertThat(waited).containsExactly(1);
    answers.get(1).fail("gone");
    assertThat(waited).containsExactly(1, 0);
  }

  @Test
  void anAnswerWhoseHandlerThrowsKeepsNobodyFromLooking() {
    List<String> looked = new ArrayList<>();
    Batches<Integer, String> watched =
        new Batches<>(() -> now, 3, 1, this::send, () -> looked.add("looked"));
    watched
        .ask(1)
        .onSuccess(
            answer -> {
              throw new IllegalStateException("planted");
            });
    assertThatThrownBy(() -> answers.get(0).complete(List.of("one"))).hasMessage("planted");
    assertThat(looked).hasSize(1);
  }

  @Test
  void aGroupThatFailsFailsEachOfItAndTheNextOneLeaves() {
    Future<String> first = batches.ask(1);
    answers.get(0).fail("gone");
    batches.ask(2);
    assertThat(first.failed()).isTrue();
    assertThat(sent).containsExactly(List.of(1), List.of(2));
  }
}
