package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the server means to do for a statement, as it tells it. */
record Plan(String name, String text) {
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
  private static final Pattern HIT = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

  /** The plan for any arguments: the one that is kept. */
  static Plan kept(PostgresFixture postgres, String name) {
    return new Plan(
        name, text(postgres, generic(Objects.requireNonNull(Statements.all().get(name), name))));
  }

  /** Asks for the plan of a statement for any arguments, also of a server before PostgreSQL 16. */
  static String generic(String statement) {
    int arguments =
        PARAMETER
            .matcher(statement)
            .results()
            .mapToInt(p -> Integer.parseInt(p.group(1)))
            .max()
            .orElse(0);
    String nulls = arguments == 0 ? "" : "(" + "null,".repeat(arguments - 1) + "null)";
    return """
    BEGIN;
    SET LOCAL plan_cache_mode = force_generic_plan;
    PREPARE kept AS %s;
    EXPLAIN (COSTS OFF) EXECUTE kept%s;
    DEALLOCATE kept;
    ROLLBACK
    """
        .formatted(statement, nulls);
  }

  /** What it did for these. */
  static Plan ran(PostgresFixture postgres, String name, @Nullable Object... arguments) {
    String explain = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) ";
    List<String> lines =
        postgres.rows(explain + Statements.all().get(name), arguments).stream()
            .map(row -> Rows.text(row, 0))
            .toList();
    return new Plan(name, String.join("\n", lines));
  }

  /** The plan of any statement that takes no arguments. */
  static String text(PostgresFixture postgres, String explain) {
    StringBuilder text = new StringBuilder();
    RowSet<Row> rows = postgres.get(postgres.store().database().engine().query(explain).execute());
    for (RowSet<Row> each = rows; each != null; each = each.next()) {
      each.forEach(row -> text.append(Rows.text(row, 0)).append('\n'));
    }
    return text.toString();
  }

  /** Nothing is read from one end to the other, and rows are met in the order of the arguments. */
  Plan goesByIndex() {
    assertThat(text)
        .as(name)
        .doesNotContain("Seq Scan")
        .doesNotContain("Hash Join")
        .doesNotContain("Merge Join")
        .doesNotContain("Join Filter")
        .doesNotContain("Materialize");
    return this;
  }

  /** Nothing is read from one end to the other. */
  Plan doesNotScan() {
    assertThat(text).as(name).doesNotContain("Seq Scan");
    return this;
  }

  Plan uses(String what) {
    assertThat(text).as(name).contains(what);
    return this;
  }

  /** What the statement has, and this time had no use for. */
  Plan leaves(String what) {
    assertThat(text.lines().filter(line -> line.contains(what)))
        .as(text)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("never executed"));
    return this;
  }

  /** At most so many pages were looked at. */
  Plan looksAt(int pages) {
    Matcher matcher = HIT.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    int seen =
        Integer.parseInt(matcher.group(1))
            + (matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    assertThat(seen).as(text).isLessThanOrEqualTo(pages);
    return this;
  }
}
