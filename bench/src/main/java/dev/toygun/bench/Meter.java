package dev.toygun.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Contestant.Role;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what the servers and the kernel count. Commits are transaction ids and WAL is the distance
 * between two places in it, because {@code pg_stat_database} and {@code pg_stat_wal} learn of what
 * an idle connection did only ten seconds later.
 */
final class Meter {
  private static final String COUNTERS =
      """
      select pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      """;
  private static final String WAL =
      """
      select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint
      """;

  private final House house;

  Meter(House house) {
    this.house = house;
  }

  /** The counters at a moment. */
  record Reading(
      long nanos,
      Map<Role, Double> cpu,
      Map<Role, Double> peaks,
      double server,
      double redis,
      long commits,
      long wal,
      Map<String, Long> calls) {}

  Reading read(Map<Role, List<Long>> processes) throws IOException, SQLException {
    Map<Role, Double> cpu = new EnumMap<>(Role.class);
    Map<Role, Double> peaks = new EnumMap<>(Role.class);
    processes.forEach(
        (role, pids) -> {
          cpu.put(role, pids.stream().mapToDouble(Cpu::of).sum());
          peaks.put(role, pids.stream().mapToDouble(Cpu::peakMemory).max().orElse(0));
        });
    return new Reading(
        System.nanoTime(),
        cpu,
        peaks,
        Cpu.ofTree(house.postgresPid()),
        Cpu.of(house.redisPid()),
        house.admin().number(COUNTERS),
        house.admin().number(WAL),
        house.redis().calls());
  }

  /** Adds what was used between two readings. */
  static void add(ObjectNode figures, Reading before, Reading after) {
    figures.put("wall_s", (after.nanos() - before.nanos()) / 1e9);
    after
        .cpu()
        .forEach(
            (role, used) ->
                figures.put(
                    "cpu_" + role.name().toLowerCase(Locale.ROOT) + "_s",
                    round(used - before.cpu().getOrDefault(role, 0.0))));
    after
        .peaks()
        .forEach(
            (role, mib) ->
                figures.put(
                    "peak_" + role.name().toLowerCase(Locale.ROOT) + "_mib", Math.round(mib)));
    figures.put("cpu_server_s", round(after.server() - before.server()));
    figures.put("cpu_redis_s", round(after.redis() - before.redis()));
    figures.put("commits", after.commits() - before.commits());
    figures.put("wal_bytes", after.wal() - before.wal());
    ObjectNode calls = figures.objectNode();
    long all = 0;
    for (Map.Entry<String, Long> call : after.calls().entrySet()) {
      long many = call.getValue() - before.calls().getOrDefault(call.getKey(), 0L);
      if (many > 0) {
        calls.put(call.getKey(), many);
        all += RedisCounters.isCall(call.getKey()) ? many : 0;
      }
    }
    figures.put("redis_calls", all);
    figures.set("redis_commands", calls);
  }

  private static double round(double seconds) {
    return Math.round(seconds * 100) / 100.0;
  }
}
