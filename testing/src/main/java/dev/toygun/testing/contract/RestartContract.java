package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Limits;
import dev.toygun.store.Admission;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Restarts;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Restarts are counted by what the latest run of them keeps. */
public interface RestartContract extends StoreFixture {
  private static String restart() {
    return BuiltIn.RESTART_TASK.value();
  }

  @Test
  default void eachRestartKnowsOfThoseBeforeIt() {
    ResourceRow root = root();
    settle(root);
    assertThat(Restarts.of(family(root.uuid())).begun()).isEmpty();
    for (int i = 0; i < 3; i++) {
      ended(root, restart(), End.FINISHED);
    }
    Restarts restarts = Restarts.of(family(root.uuid()));
    assertThat(restarts.begun()).hasSize(3).isSorted();
    assertThat(restarts.within(Duration.ofHours(1), now())).isEqualTo(3);
    assertThat(restarts.within(Duration.ofHours(1), now().plusSeconds(3_600))).isZero();
    Limits.Rate three = new Limits.Rate(3, Duration.ofHours(1));
    assertThat(restarts.next(three, now())).contains(restarts.begun().get(0).plusSeconds(3_600));
    assertThat(restarts.next(new Limits.Rate(4, Duration.ofHours(1)), now())).isEmpty();
  }

  @Test
  default void oneThatEndsBeforeItBeginsIsNotCounted() {
    ResourceRow root = root();
    settle(root);
    ended(root, restart(), End.FINISHED);
    TaskStart start = start(root, restart());
    done(root.key(), d -> d.start(start));
    SubjectKey run = new SubjectKey(root.uuid(), start.uuid());
    done(run, d -> d.waitsFor(Admission.ASKS));
    assertThat(Restarts.of(family(root.uuid())).begun()).as("it may begin yet").hasSize(2);
    done(run, d -> d.ends(End.STOPPED, false));
    assertThat(Restarts.of(family(root.uuid())).begun()).hasSize(1);
    ended(root, restart(), End.FINISHED);
    assertThat(Restarts.of(family(root.uuid())).begun()).hasSize(2);
  }

  @Test
  default void itIsUnderWayFromItsBeginningOn() {
    ResourceRow root = root();
    settle(root);
    assertThat(Restarts.isUnderWay(family(root.uuid()))).isFalse();
    TaskStart start = start(root, restart());
    done(root.key(), d -> d.start(start));
    assertThat(Restarts.isUnderWay(family(root.uuid()))).as("its first step may be long").isTrue();
    SubjectKey run = new SubjectKey(root.uuid(), start.uuid());
    done(run, d -> d.enter("first", null, false));
    assertThat(Restarts.isUnderWay(family(root.uuid()))).isTrue();
    done(run, d -> d.panic(error(run, "Odd"), BuiltIn.PANIC));
    assertThat(Restarts.isUnderWay(family(root.uuid()))).as("it stands still").isFalse();
  }

  @Test
  default void itIsNotWhileItWaitsForItsTurnOrForApproval() {
    for (Admission waits : List.of(Admission.WAITS, Admission.ASKS)) {
      ResourceRow root = root();
      settle(root);
      TaskStart start = start(root, restart());
      done(root.key(), d -> d.start(start));
      done(new SubjectKey(root.uuid(), start.uuid()), d -> d.waitsFor(waits));
      assertThat(Restarts.isUnderWay(family(root.uuid()))).as("%s", waits).isFalse();
    }
  }

  @Test
  default void whatElseItBeginsWithIsLeftAsItIs() {
    ResourceRow root = root();
    settle(root);
    TaskStart start =
        new TaskStart(
            uuid(),
            restart(),
            false,
            false,
            "{}",
            "{\"price\":1.10}",
            root.machine().list(),
            "resource");
    done(root.key(), d -> d.start(start));
    SubjectKey run = new SubjectKey(root.uuid(), start.uuid());
    assertThat(machine(run).attrs().replace(" ", "")).contains("\"price\":1.10");
    assertThat(Restarts.of(family(root.uuid())).begun()).hasSize(1);
  }
}
