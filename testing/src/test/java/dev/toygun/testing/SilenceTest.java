package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.UnknownOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is ticked while no commit is answered is ticked again: so little of it is begun. */
class SilenceTest extends BacklogRig {
  private static final int EACH = 10;

  private boolean silent;
  private int ticks;

  private ResourceType<State> counted() {
    return ResourceType.of(
        "heavy",
        state(State.KEPT)
            .decide(
                t -> {
                  ticks++;
                  return t.stay();
                })
            .rests());
  }

  private void startBehindSilence() {
    worker(
            settings(IN_FLIGHT, BACKLOG),
            List.of(counted()),
            new Rows() {
              @Override
              public Future<List<Committed>> commit(List<Outcome> group) {
                if (!silent) {
                  return super.commit(group);
                }
                Promise<List<Committed>> never = Promise.promise();
                time.after(
                    ofSeconds(5), () -> never.fail(new UnknownOutcome("no answer in 5 s", null)));
                return never.future();
              }
            },
            queue,
            new OwnLeases(),
            new InlineSteps(store.invariants()))
        .start();
    time.advance(ofSeconds(1));
  }

  @Test
  void aTicketASecondIsTakenUntilACommitIsAnsweredAndThenAll() {
    startBehindSilence();
    List<SubjectKey> many = make("heavy", IN_FLIGHT);
    silent = true;
    push("heavy", many.subList(0, EACH), EACH);
    time.advance(ofSeconds(6));
    assertThat(ticks).isEqualTo(EACH);
    push("heavy", many.subList(EACH, IN_FLIGHT), EACH);
    time.advance(ofSeconds(10));
    assertThat(ticks).isBetween(9 * EACH, 12 * EACH);
    silent = false;
    time.advance(ofSeconds(8));
    assertThat(left("heavy")).isZero();
    assertThat(atRest(many.subList(IN_FLIGHT / 2, IN_FLIGHT))).isEqualTo(IN_FLIGHT / 2);
  }

  @Test
  void itLapsesWhereWhatIsLookedAtCommitsNothing() {
    startBehindSilence();
    List<SubjectKey> many = make("heavy", IN_FLIGHT);
    push("heavy", many, EACH);
    time.advance(ofSeconds(5));
    silent = true;
    SubjectKey one = make("heavy", 1).get(0);
    push("heavy", List.of(one), 1);
    time.advance(ofSeconds(6));
    ticks = 0;
    int resting = 50;
    push("heavy", many.subList(0, resting * EACH), EACH);
    time.advance(ofSeconds(8));
    assertThat(left("heavy")).as("a ticket a second").isBetween(40L, 43L);
    time.advance(ofSeconds(10));
    assertThat(left("heavy")).isZero();
  }

  @Test
  void whoFindsNothingToTakeStillGoesOnOnceItIsOver() {
    startBehindSilence();
    List<SubjectKey> many = make("heavy", 2 * EACH);
    silent = true;
    push("heavy", many.subList(0, EACH), EACH);
    time.advance(ofMinutes(5));
    silent = false;
    push("heavy", many.subList(EACH, 2 * EACH), EACH);
    time.advance(ofSeconds(3));
    assertThat(atRest(many.subList(EACH, 2 * EACH))).isEqualTo(EACH);
  }
}
