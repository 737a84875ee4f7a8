package dev.toygun.bench.peer.plain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Callers;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import dev.toygun.store.DatabaseUrl;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What the machine gives: the floor under every other figure. */
public final class Machine implements Contestant {
  private static final Act ROUND_TRIP = new Act("round-trip", "", "selects", false);
  private static final Act COMMIT = new Act("commit", "", "commits", false);
  private static final Act ONE_CORE = new Act("cores", "1", "hashes", false);
  private static final Act ALL_CORES = new Act("cores", "all", "hashes", false);

  /** So many bytes are hashed, so often for each sample. */
  private static final int BYTES = 4_096;

  private static final int HASHES_A_SAMPLE = 50;

  private final Sql sql;

  /** Makes its table. */
  public Machine(DatabaseUrl database) throws SQLException {
    sql = Sql.connect(database);
    sql.run("create table counter (n bigint not null); insert into counter values (0)");
  }

  @Override
  public List<Act> acts(Work work) {
    return List.of(ROUND_TRIP, COMMIT, ONE_CORE, ALL_CORES);
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    long before = sql.number("select n from counter");
    int cores = act.equals(ALL_CORES) ? Runtime.getRuntime().availableProcessors() : 1;
    ready.run();
    long begun = System.nanoTime();
    long done =
        act.name().equals(ONE_CORE.name())
            ? Callers.together(cores, core -> hash(work.size() * HASHES_A_SAMPLE))
            : ask(work.size(), act);
    ObjectNode figures = PlainRows.figures(done, begun, System.nanoTime());
    Wrongs wrongs = new Wrongs();
    wrongs.unless(
        "commits",
        act.equals(COMMIT) ? work.size() : 0,
        sql.number("select n from counter") - before);
    wrongs.tell(figures);
    return figures;
  }

  private long ask(int samples, Act act) throws SQLException {
    String text = act.equals(COMMIT) ? "update counter set n = n + 1" : "select 1";
    try (PreparedStatement statement = sql.connection().prepareStatement(text)) {
      for (int sample = 0; sample < samples; sample++) {
        statement.execute();
      }
    }
    return samples;
  }

  private static long hash(int times) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] bytes = new byte[BYTES];
    for (int time = 0; time < times; time++) {
      digest.update(bytes);
      bytes[0] = digest.digest()[0]; // Each needs the one before it.
    }
    return times;
  }

  @Override
  public Map<Role, List<Long>> processes() {
    return Map.of(Role.WORKER, List.of(ProcessHandle.current().pid()));
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
