package dev.toygun.worker;

import java.time.Duration;
import java.util.List;

/**
 * How a worker works.
 *
 * @param id names this process among all workers, and in the history
 * @param build the build it runs
 * @param host the machine that it runs on; empty where that is not known
 * @param queues the queues it serves
 * @param inFlight so many subjects are taken on and not let go before no more tickets are taken but
 *     of lists of which little is in hand
 * @param backlog so many subjects wait for a lease, to be read, or to be committed before no more
 *     tickets are taken but of lists of which little is in hand, since whoever begins waits behind
 *     them; and so many steps of a list wait for a thread before none of that is taken. Groups are
 *     as large as what waits for them: one of a hundred costs hardly more for each subject than one
 *     of five hundred
 * @param group the most outcomes of one commit, and subjects of one load
 * @param groupsUnderWay the most commits of a kind under way at once, where all but the first are
 *     full or the first takes long; and loads
 * @param goOnTicks after so many ticks under one lease the subject goes back to its list
 * @param goOnTime after so long under one lease likewise
 */
public record WorkerSettings(
    String id,
    String build,
    String host,
    List<String> queues,
    int inFlight,
    int backlog,
    int group,
    int groupsUnderWay,
    int goOnTicks,
    Duration goOnTime) {

  /** What a worker does unless it is told otherwise. */
  public static WorkerSettings of(String id, String build) {
    return new WorkerSettings(
        id, build, "", List.of("default"), 2_048, 128, 512, 2, 100, Duration.ofSeconds(1));
  }

  /** The same, serving these queues. */
  public WorkerSettings queues(List<String> names) {
    return new WorkerSettings(
        id,
        build,
        host,
        List.copyOf(names),
        inFlight,
        backlog,
        group,
        groupsUnderWay,
        goOnTicks,
        goOnTime);
  }
}
