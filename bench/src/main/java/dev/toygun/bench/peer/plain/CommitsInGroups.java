package dev.toygun.bench.peer.plain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Act;
import dev.toygun.bench.Callers;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import dev.toygun.store.DatabaseUrl;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The limit of an engine that commits moves in groups: one statement for each group, 4 clients. */
public final class CommitsInGroups implements Contestant {
  private static final List<Integer> GROUPS = List.of(100, 500);
  private static final int CLIENTS = 4;

  private static final String MOVE =
      """
      with i as (
        select * from unnest(?::int[], ?::bigint[], ?::text[], ?::text[])
            as i (id, version, from_state, to_state)),
      moved as (
        update chains c
           set state = i.to_state, step = c.step + 1, version = c.version + 1, updated_at = now()
          from i
         where c.id = i.id and c.version = i.version
        returning c.id, c.step, i.from_state, i.to_state)
      insert into moves (chain, step, from_state, to_state, worker)
      select id, step, from_state, to_state, 'bench' from moved
      """;

  private final Sql sql;
  private final List<Connection> connections = new ArrayList<>();

  /** Makes its tables, and connects its clients. */
  public CommitsInGroups(DatabaseUrl database) throws SQLException {
    sql = Sql.connect(database);
    sql.run(PlainRows.TABLES);
    for (int i = 0; i < CLIENTS; i++) {
      connections.add(Sql.open(database));
    }
  }

  @Override
  public List<Act> acts(Work work) {
    return GROUPS.stream()
        .map(group -> new Act("run", String.valueOf(group), "steps", false))
        .toList();
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    int group = Integer.parseInt(act.variant());
    PlainRows.make(sql, work.size());
    ready.run();
    long begun = System.nanoTime();
    long executions = Callers.together(CLIENTS, n -> client(n, group, work.size()));
    ObjectNode figures = PlainRows.figures(executions, begun, System.nanoTime());
    figures.put("group", group);
    Wrongs wrongs = new Wrongs();
    PlainRows.check(sql, work.size(), executions, wrongs);
    wrongs.tell(figures);
    return figures;
  }

  private long client(int number, int group, int chains) throws SQLException {
    long executions = 0;
    Connection connection = connections.get(number);
    int from = (int) ((long) chains * number / CLIENTS);
    int to = (int) ((long) chains * (number + 1) / CLIENTS);
    try (PreparedStatement move = connection.prepareStatement(MOVE)) {
      for (int step = 0; step < Work.STEPS; step++) {
        for (int first = from; first < to; first += group) {
          int many = Math.min(group, to - first);
          List<Integer> ids = new ArrayList<>(many);
          for (int chain = first; chain < first + many; chain++) {
            ids.add(chain);
          }
          Array[] columns = {
            connection.createArrayOf("int4", ids.toArray()),
            same(connection, "int8", many, (long) (step + 1)),
            same(connection, "text", many, "step-" + step),
            same(connection, "text", many, "step-" + (step + 1))
          };
          for (int column = 0; column < columns.length; column++) {
            move.setArray(column + 1, columns[column]);
          }
          executions += move.executeUpdate();
        }
      }
    }
    return executions;
  }

  private static Array same(Connection connection, String type, int many, Object value)
      throws SQLException {
    return connection.createArrayOf(type, Collections.nCopies(many, value).toArray());
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
