package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.servers.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one pop costs, as Redis itself counts it: commands that were sent, and those that a script
 * carried out.
 */
class PopCommandsTest {
  /* As many as a worker takes at once. */
  private static final int MOST = 16;

  private final RedisServer server = RedisServer.start();
  private final RedisRig rig = new RedisRig(server);
  private final RedisQueue queue = rig.queue();

  @AfterEach
  void close() {
    rig.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "10, 0", "10, 1", "10, 10", "30, 0", "30, 1", "30, 5", "30, 30"})
  void aPopIsOneCommandHoweverManyListsThereAre(int lists, int full) {
    Map<String, Integer> counted = commands(lists, full);
    counted.keySet().removeAll(List.of("lpop", "exists")); // the script's
    assertThat(counted).isEqualTo(Map.of("evalsha", 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "10, 0", "10, 1", "30, 0", "30, 1", "30, 5", "30, 30", "900, 1"})
  void whatItLooksForGrowsWithTheListsThatHaveSomething(int lists, int full) {
    Map<String, Integer> counted = commands(lists, full);
    int halvings = 32 - Integer.numberOfLeadingZeros(lists - 1);
    assertThat(counted.get("exists")).isBetween(1, Math.min(lists, 1 + full * halvings));
    assertThat(counted.getOrDefault("lpop", 0)).isBetween(Math.min(full, MOST), 2 * full);
  }

  @Test
  void ofThirtyListsOfWhichOneHasTicketsItLooksAtFew() {
    assertThat(commands(30, 1).values().stream().mapToInt(calls -> calls).sum())
        .isLessThanOrEqualTo(9);
  }

  /** How often each command was carried out for one pop, also by a script. */
  private Map<String, Integer> commands(int lists, int full) {
    List<ListName> all =
        IntStream.range(0, lists)
            .mapToObj(i -> new ListName("default", "type-" + i, 1, ListName.DEFAULT_PRIORITY))
            .toList();
    for (int i = 0; i < 2 * rig.settings.connections(); i++) { // opens all, and tells the scripts
      Waiting.get(queue.push(all.stream().map(this::ticket).toList()));
      Waiting.get(queue.pop(all, lists));
    }
    Waiting.get(
        queue.push(
            IntStream.range(0, full)
                .mapToObj(i -> ticket(all.get((i + 1) * lists / full - 1)))
                .toList()));
    server.command("CONFIG", "RESETSTAT");
    assertThat(Waiting.get(queue.pop(all, MOST))).hasSize(Math.min(full, MOST));
    return server
        .command("INFO", "commandstats")
        .get(0)
        .lines()
        .filter(line -> line.startsWith("cmdstat_") && !line.startsWith("cmdstat_config"))
        .map(line -> line.substring("cmdstat_".length()).split(":calls=|,"))
        .collect(
            Collectors.toMap(
                parts -> parts[0], parts -> Integer.valueOf(parts[1]), (a, b) -> a, TreeMap::new));
  }

  private Ticket ticket(ListName list) {
    return new Ticket(
        list,
        List.of(SubjectKey.ofResource(rig.time.uuid())),
        Cause.CLOCK,
        false,
        rig.time.now(),
        null);
  }
}
