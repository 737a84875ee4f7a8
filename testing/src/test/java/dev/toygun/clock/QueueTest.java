package dev.toygun.clock;

import static dev.toygun.clock.ClockRig.OTHER;
import static dev.toygun.clock.ClockRig.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.queue.Queue.About;
import dev.toygun.queue.Queue.Worker;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Lists whose type has gone to another queue, or another priority. */
class QueueTest {
  private static final ListName BIG =
      new ListName("big", WEB.type(), WEB.version(), Priority.LOW.stored());

  private static final Worker HERE = worker("here", "default:website:1");
  private static final Worker THERE = worker("there", "big:website:1");

  private final ClockRig rig = new ClockRig();

  private static Worker worker(String id, String... lists) {
    About about = new About("", List.of(), Instant.EPOCH, Instant.EPOCH, 0, false);
    return new Worker(id, "", List.of(lists), about);
  }

  private void fill(ListName list, int rows) {
    for (int i = 0; i < rows; i++) {
      rig.rows.waits(list, rig.resource(), false);
    }
  }

  private void run(int seconds, Worker... workers) {
    for (int i = 0; i < seconds; i++) {
      for (Worker worker : workers) {
        rig.queue.heartbeat(worker);
      }
      rig.pass(1);
    }
  }

  @Test
  void rowsAreMovedToWhereTheirTypeBelongs() {
    fill(WEB, 3_000);
    fill(OTHER, 10);
    rig.rows.homes.add(BIG);
    rig.clock(ClockSettings.STANDARD);
    run(20, HERE, THERE);
    assertThat(rig.rows.waits(BIG)).isEqualTo(3_000);
    assertThat(rig.rows.waits(OTHER)).isEqualTo(10);
    assertThat(rig.rows.looks)
        .as("pages, and then nothing but a look now and then")
        .isBetween(3_000 / QueuePass.PAGE, 3_000 / QueuePass.PAGE + 5);
  }

  @Test
  void anotherPriorityIsAnotherList() {
    fill(WEB, 3);
    ListName low = new ListName("default", WEB.type(), 1, Priority.LOW.stored());
    rig.rows.homes.add(low);
    rig.clock(ClockSettings.STANDARD);
    run(10, HERE);
    assertThat(rig.rows.waits(low)).isEqualTo(3);
  }

  /** One that says nothing of itself is of a build that knows no priorities. */
  @Test
  void nothingIsMovedToAPriorityThatOnlyOlderWorkersWouldTake() {
    fill(WEB, 3);
    rig.rows.homes.add(new ListName("default", WEB.type(), 1, Priority.HIGH.stored()));
    rig.clock(ClockSettings.STANDARD);
    run(20, new Worker("older", "", List.of("default:website:1")));
    assertThat(rig.rows.waits(WEB)).isEqualTo(3);
  }

  @Test
  void nothingIsMovedToAQueueThatNobodyTakesUntilSomebodyDoes() {
    fill(WEB, 3);
    rig.rows.homes.add(BIG);
    rig.clock(ClockSettings.STANDARD);
    run(20, HERE);
    assertThat(rig.rows.waits(WEB)).isEqualTo(3);
    run(10, HERE, THERE);
    assertThat(rig.rows.waits(BIG)).isEqualTo(3);
  }

  /** A worker that cannot lift them does not take them, so their own version says. */
  @Test
  void rowsOfAnOlderVersionGoWhereTheNewestSaysWhoseWorkersTakeThem() {
    fill(WEB, 3);
    rig.rows.homes.add(WEB);
    rig.rows.homes.add(BIG.version(2));
    rig.clock(ClockSettings.STANDARD);
    run(20, HERE, worker("there", "big:website:2"));
    assertThat(rig.rows.waits(WEB)).isEqualTo(3);
    run(10, HERE, worker("there", "big:website:1", "big:website:2"));
    assertThat(rig.rows.waits(BIG)).isEqualTo(3);
  }

  @Test
  void whatNobodyHasPublishedStaysWhereItIs() {
    fill(WEB, 3);
    rig.clock(ClockSettings.STANDARD);
    run(20, HERE, THERE);
    assertThat(rig.rows.waits(WEB)).isEqualTo(3);
  }

  @Test
  void nothingIsMovedOutOfAQueueThatIsOnHold() {
    fill(WEB, 3);
    rig.rows.homes.add(BIG);
    Hold hold = hold("default");
    rig.clock(ClockSettings.STANDARD);
    run(20, HERE, THERE);
    assertThat(rig.rows.waits(WEB)).isEqualTo(3);
    rig.rows.holds.remove(hold);
    run(10, HERE, THERE);
    assertThat(rig.rows.waits(BIG)).isEqualTo(3);
  }

  @Test
  void nothingIsMovedIntoAQueueThatIsOnHold() {
    fill(WEB, 3);
    rig.rows.homes.add(BIG);
    Hold hold = hold("big");
    rig.clock(ClockSettings.STANDARD);
    run(20, HERE, THERE);
    assertThat(rig.rows.waits(WEB)).isEqualTo(3);
    rig.rows.holds.remove(hold);
    run(10, HERE, THERE);
    assertThat(rig.rows.waits(BIG)).isEqualTo(3);
  }

  private Hold hold(String queue) {
    Instant now = rig.time.now();
    Hold hold =
        new Hold(
            new UUID(0, 1),
            Hold.Scope.QUEUE,
            null,
            queue,
            "",
            "key:test",
            now,
            now,
            null,
            false,
            null);
    rig.rows.holds.add(hold);
    return hold;
  }
}
