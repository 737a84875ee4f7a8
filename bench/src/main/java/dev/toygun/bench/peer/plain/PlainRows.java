package dev.toygun.bench.peer.plain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Sql;
import dev.toygun.bench.Work;
import dev.toygun.bench.Wrongs;
import java.sql.SQLException;

/** The least that a chain with a history needs in tables: a row each, and a row for each move. */
final class PlainRows {
  static final String TABLES =
      """
      create table chains (
        id         integer     primary key,
        state      text        not null,
        step       bigint      not null default 0,
        version    bigint      not null default 1,
        attrs      jsonb       not null default '{}',
        due_at     timestamptz,
        updated_at timestamptz not null default now()
      ) with (fillfactor = 70);
      create table moves (
        chain      integer     not null,
        step       bigint      not null,
        at         timestamptz not null default now(),
        from_state text        not null,
        to_state   text        not null,
        worker     text        not null,
        primary key (chain, step)
      );
      """;

  private PlainRows() {}

  /** Empties the tables, and makes this many chains. */
  static void make(Sql sql, int chains) throws SQLException {
    sql.run("truncate chains, moves");
    sql.run(
        """
        insert into chains (id, state, due_at)
        select n, 'step-0', now() from generate_series(0, %d) n
        """
            .formatted(chains - 1));
    sql.run("vacuum analyze chains");
  }

  /** Whether every chain has made its moves, each once. */
  static void check(Sql sql, int chains, long executions, Wrongs wrongs) throws SQLException {
    wrongs.unless("executions", (long) chains * Work.STEPS, executions);
    wrongs.unless(
        "whole histories",
        chains,
        sql.number(
            """
            select count(*)
              from (select from chains c join moves m on m.chain = c.id and c.step = ?
                     group by c.id
                    having count(*) = ? and min(m.step) = 1 and max(m.step) = count(*)) as whole
            """,
            Work.STEPS,
            Work.STEPS));
  }

  static ObjectNode figures(long units, long begun, long ended) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("units", units);
    figures.put("seconds", (ended - begun) / 1e9);
    return figures;
  }
}
