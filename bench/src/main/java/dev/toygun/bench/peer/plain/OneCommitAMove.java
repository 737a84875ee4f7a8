package dev.toygun.bench.peer.plain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Callers;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import dev.toygun.store.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The limit of an engine that commits each move by itself: one statement that updates the row and
 * writes the history, by as many clients as go fastest.
 */
public final class OneCommitAMove implements Contestant {
  private static final List<Integer> CLIENTS = List.of(8, 16, 32, 64);

  private static final String MOVE =
      """
      with moved as (
        update chains set state = ?, step = step + 1, version = version + 1, updated_at = now()
         where id = ? and version = ?
        returning id, step)
      insert into moves (chain, step, from_state, to_state, worker)
      select id, step, ?, ?, 'bench' from moved
      """;

  private final Sql sql;
  private final List<Connection> connections = new ArrayList<>();

  /** Makes its tables, and connects its clients. */
  public OneCommitAMove(DatabaseUrl database) throws SQLException {
    sql = Sql.connect(database);
    sql.run(PlainRows.TABLES);
    for (int i = 0; i < CLIENTS.get(CLIENTS.size() - 1); i++) {
      connections.add(Sql.open(database));
    }
  }

  @Override
  public List<Act> acts(Work work) {
    return CLIENTS.stream().map(OneCommitAMove::act).toList();
  }

  private static Act act(int clients) {
    return new Act("run", String.valueOf(clients), "steps", true);
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    int clients = Integer.parseInt(act.variant());
    PlainRows.make(sql, work.size());
    ready.run();
    long begun = System.nanoTime();
    long executions = Callers.together(clients, n -> client(n, clients, work.size()));
    ObjectNode figures = PlainRows.figures(executions, begun, System.nanoTime());
    figures.put("clients", clients);
    Wrongs wrongs = new Wrongs();
    PlainRows.check(sql, work.size(), executions, wrongs);
    wrongs.tell(figures);
    return figures;
  }

  /** Each client moves its own chains, step by step through all of them. */
  private long client(int number, int clients, int chains) throws SQLException {
    long executions = 0;
    try (PreparedStatement move = connections.get(number).prepareStatement(MOVE)) {
      for (int step = 0; step < Work.STEPS; step++) {
        for (int chain = number; chain < chains; chain += clients) {
          move.setString(1, "step-" + (step + 1));
          move.setInt(2, chain);
          move.setLong(3, step + 1);
          move.setString(4, "step-" + step);
          move.setString(5, "step-" + (step + 1));
          executions += move.executeUpdate();
        }
      }
    }
    return executions;
  }

  @Override
  public Map<Role, List<Long>> processes() {
    return Map.of(Role.WORKER, List.of(ProcessHandle.current().pid()));
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
    sql.close();
  }
}
