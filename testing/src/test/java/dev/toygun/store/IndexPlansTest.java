package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.BulkOrder.Action;
import dev.toygun.store.BulkOrder.Filter;
import dev.toygun.testing.contract.IndexFixture;
import dev.toygun.testing.contract.StoreHistory;
import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a look for a resource by a field costs among many that have others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexPlansTest implements IndexFixture {
  private static final int ROWS = 40_000;
  private static final ListName MANY = new ListName("default", "many", 1, 5);
  private static final UUID TOP = new UUID(0x7000, 0xb000_0000_0000_0000L);
  private final PostgresFixture postgres = new PostgresFixture(1);

  @Override
  public Store store() {
    return postgres.store();
  }

  @Override
  public StoreHistory history() {
    return postgres;
  }

  @Override
  public <T> T get(Future<T> future) {
    return postgres.get(future);
  }

  /** Each has an id of its own, and one of four plans; all are below one. */
  @BeforeAll
  void fill() {
    postgres.execute(
        """
        insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step,
                               attrs, created_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid, ':top', array[':top'::uuid],
               'r' || r, 'many', 1, 'watched', 1,
               jsonb_build_object('outside', 'i-' || r, 'plan', 'p-' || r % 4),
               timestamptz '2026-01-01' + r * interval '1 s'
          from generate_series(1, :rows) as r
        """
            .replace(":rows", String.valueOf(ROWS))
            .replace(":top", TOP.toString()));
    indexed(MANY, 1, "outside");
    postgres.execute(
        """
        update resource_types
           set definition = jsonb_set(definition, '{fields,1}',
                                      definition #> '{fields,0}' || '{"name":"plan"}')
        """);
    do {
      written();
    } while (!postgres.rows("select from indexed_fields where state <> 'ready'").isEmpty());
    postgres.execute("vacuum analyze resources");
    postgres.execute("vacuum analyze field_index");
  }

  @AfterAll
  void close() {
    postgres.close();
  }

  @Test
  void aListIsReadOffTheIndexInEveryOrder() {
    assertThat(NarrowedSql.class.getDeclaredFields()).hasSize(12);
    for (String order : List.of("CREATED_AT", "CREATED_AT_DESC", "LABEL", "LABEL_DESC")) {
      found("NarrowedSql.BY_" + order, asked("i-777", "outside"), null).looksAt(60);
      found("NarrowedSql.FEW_BY_" + order, asked("i-777", "outside"), TOP).looksAt(60);
      found("NarrowedSql.MANY_BY_" + order, asked("i-777", "outside"), TOP).looksAt(60);
    }
  }

  @Test
  void aPageOfAValueThatManyHaveIsReadInItsOrder() {
    for (String order : List.of("CREATED_AT", "CREATED_AT_DESC")) {
      found("NarrowedSql.BY_" + order, asked("p-1", "plan"), null).looksAt(51 * 4 + 60);
    }
  }

  /** What else is asked for may be narrower, and by label all would be read. */
  @Test
  void aValueThatManyHaveIsGoneByInTheOrderOfTimeAlone() {
    for (String statement : List.of("BY_LABEL", "BY_LABEL_DESC")) {
      ran("NarrowedSql." + statement, asked("p-1", "plan"), null).looksAt(51 * 4 * 4 + 400);
    }
    ran("NarrowedSql.FEW_BY_CREATED_AT", asked("p-1", "plan"), new UUID(0x7000, 1)).looksAt(200);
  }

  @Test
  void ofTwoIndexesTheNarrowerIsGoneBy() {
    String plan = asked("p-1", "plan");
    String both =
        plan.substring(0, plan.length() - 1) + "," + asked("i-777", "outside").substring(1);
    found("NarrowedSql.BY_CREATED_AT", both, null).looksAt(120);
  }

  @Test
  void whatIsNotIndexedIsLookedForAmongAll() {
    Plan plan = ran("NarrowedSql.BY_CREATED_AT", asked("i-777", "other"), null);
    plan.uses("using resources_by_created_at");
    assertThat(plan.text().lines().filter(line -> line.contains("using field_index_values")))
        .allSatisfy(line -> assertThat(line).containsAnyOf("rows=0", "never executed"));
  }

  @Test
  void aBulkRunReadsWhatTheIndexFinds() {
    Plan.ran(
            postgres,
            "BulkSql.PREVIEW",
            "many",
            null,
            null,
            null,
            null,
            asked("i-777", "outside"),
            "set",
            null,
            10L,
            null)
        .uses("using field_index_values")
        .leaves("on resources r_1")
        .looksAt(80);
    UUID bulk = bulk("plan", "p-1");
    Plan.ran(postgres, "BulkSql.GATHER", bulk, 100L)
        .uses("using field_index_values")
        .leaves("using resources_by_created_at")
        .looksAt(100 * 20);
    UUID one = bulk("outside", "i-777");
    Plan.ran(postgres, "BulkSql.GATHER", one, 2_000L).uses("using field_index_values").looksAt(60);
  }

  @Test
  void onePageIsWrittenUpAtATime() {
    UUID[] page = new UUID[100];
    for (int i = 0; i < page.length; i++) {
      page[i] = new UUID(0x7000, 0x8000_0000_0000_0000L + 1 + i * 40L);
    }
    Object from = OffsetDateTime.parse("2026-01-01T01:00:00Z");
    Plan.ran(postgres, "IndexSql.OLDER", "many", from, new UUID(0, 0), 100L)
        .uses("resources_by_created_at")
        .looksAt(120);
    Plan.ran(postgres, "IndexSql.LOCK_RESOURCES", (Object) page).doesNotScan().looksAt(100 * 6);
    Plan.ran(postgres, "IndexSql.MARK", (Object) page).doesNotScan().looksAt(100 * 6);
    Plan.ran(postgres, "IndexSql.WRITE", (Object) page).doesNotScan().looksAt(100 * 25);
    Plan.ran(postgres, "IndexSql.EMPTY", "many", "none", 100L).doesNotScan().looksAt(20);
  }

  private UUID bulk(String field, String value) {
    Filter filter = new Filter(List.of(), null, null, null, null, asked(value, field), null);
    return ask(new BulkOrder("many", 1, filter, Action.DELETE, null, null, "{}", PLAIN));
  }

  private Plan found(String statement, String fields, @Nullable UUID below) {
    return ran(statement, fields, below).uses("using field_index_values");
  }

  private Plan ran(String statement, String fields, @Nullable UUID below) {
    List<@Nullable Object> values =
        new ArrayList<>(
            Arrays.asList(
                "many", null, null, null, null, fields, false, null, null, 51, null, null));
    if (below != null) {
      values.add(below);
    }
    return Plan.ran(postgres, statement, values.toArray());
  }
}
