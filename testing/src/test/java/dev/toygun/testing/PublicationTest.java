package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.UnknownOutcome;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a worker that starts makes of a database that does not take its types. */
class PublicationTest extends WorkerRig {
  private int published;
  private int decided;

  enum State {
    KEPT
  }

  /** Fails so many times, and then takes them. */
  private final class Failing extends Rows {
    private final Throwable error;
    private final int times;

    Failing(Throwable error, int times) {
      this.error = error;
      this.times = times;
    }

    @Override
    public Future<Void> publish(List<TypeDefinition> definitions, String build) {
      return ++published <= times ? Future.failedFuture(error) : super.publish(definitions, build);
    }
  }

  private void workOn(Rows rows) {
    work(
        ResourceType.of(
            "thing",
            state(State.KEPT)
                .decide(
                    t -> {
                      decided++;
                      return t.stay();
                    })
                .rests()),
        rows,
        leases);
  }

  @Test
  void aDatabaseThatGoesAwayWhileAWorkerStartsIsWaitedFor() {
    workOn(new Failing(new UnknownOutcome("no answer", null), 3));
    time.advance(ofSeconds(1));
    assertThat(decided).isZero();
    time.advance(ofSeconds(5));
    assertThat(published).isEqualTo(4);
    assertThat(decided).isEqualTo(1);
  }

  @Test
  void whatTheDatabaseRefusesIsNotSentAgain() {
    workOn(new Failing(new IllegalStateException("no"), Integer.MAX_VALUE));
    time.advance(ofSeconds(5));
    assertThat(published).isEqualTo(1);
    assertThat(decided).isZero();
  }
}
