package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Views.After;
import dev.toygun.store.Views.Order;
import dev.toygun.store.Views.ResourceQuery;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The index of fields, as Postgres keeps it. */
class IndexesTest extends IndexRig {
  /** What the index has, and the fields of resources have not, or the other way round. */
  private static final String ASTRAY =
      """
      select coalesce(r.uuid, i.resource_uuid)
        from (select r.uuid, x.type, x.field, r.created_at,
                     toygun_index_key(
                       (select r.attrs -> n.name
                          from jsonb_array_elements_text(x.names) with ordinality n (name, place)
                         where r.attrs -> n.name is not null order by n.place limit 1)) as value
                from indexed_fields x join resources r on r.type = x.type and r.indexed) r
        full join field_index i
          on (i.resource_uuid, i.type, i.field, i.value, i.created_at)
             = (r.uuid, r.type, r.field, r.value, r.created_at)
       where r.value is not null and i.value is null or r.uuid is null
      """;

  @Test
  void theIndexIsWhatTheRowsSayWhoeverWritesThem() {
    long seed = System.nanoTime();
    System.out.println("IndexesTest: seed " + seed);
    Random random = new Random(seed);
    ListName list = list();
    indexed(list, 1, "outside", "was");
    written();
    List<String> writes =
        List.of(
            "attrs = attrs || '{\"outside\":\"i-1\"}'",
            "attrs = attrs || jsonb_build_object('outside', 'i-' || (random() * 3)::int)",
            "attrs = attrs || '{\"was\":\"i-2\"}'",
            "attrs = attrs - 'outside'",
            "attrs = attrs - 'was'",
            "attrs = attrs || '{\"other\":1}'",
            "attrs = jsonb_build_object('outside', repeat('x', 100 + (random() * 300)::int))",
            "attrs = '{}', schema_version = schema_version + 1",
            "version = version + 1, attrs = attrs");
    for (int i = 0; i < 120; i++) {
      with(list, random.nextBoolean() ? "i-1" : null);
      String write = writes.get(random.nextInt(writes.size()));
      postgres.execute("update resources set %s where random() < 0.3".formatted(write));
      assertThat(postgres.rows(ASTRAY)).as("seed %s, step %s: %s", seed, i, write).isEmpty();
    }
    assertThat(postgres.rows("select from field_index")).hasSizeGreaterThan(5);
  }

  @Test
  void onceAllIsWrittenUpTheIndexIsGoneByAndNotBefore() {
    ListName list = list();
    for (int i = 0; i < 5; i++) {
      with(list, "i-1");
    }
    indexed(list, 1, "outside");
    assertThat(read(list, "i-1")).contains("resources_by_created_at", "(actual rows=5");
    get(store().indexes().declare());
    while (!"ready".equals(state())) {
      assertThat(pages(list)).containsExactly(5, 5);
      get(store().indexes().fill(2));
    }
    assertThat(postgres.rows("select from field_index")).hasSize(5);
    assertThat(pages(list)).containsExactly(5, 5);
    // Whatever were not in the index would not be found.
    postgres.execute("delete from field_index");
    assertThat(pages(list)).containsExactly(0, 0);
  }

  /** It has looked for indexed fields before there were any, and nobody sees its rows yet. */
  @Test
  void whatATransactionInsertsThatIsOlderThanTheIndexIsWrittenUpToo() throws SQLException {
    ListName list = list();
    DatabaseUrl url = postgres.url();
    try (Connection late = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute(
          """
          insert into resources (uuid, label, type, schema_version, attrs)
          values ('%s', 'late', '%s', 1, '{"outside":"i-1"}')
          """
              .formatted(UUID.randomUUID(), list.type()));
      indexed(list, 1, "outside");
      written();
      assertThat(state()).isEqualTo("filling");
      late.commit();
    }
    until("ready");
    assertThat(pages(list)).containsExactly(1, 1);
  }

  /** It looked before the field was committed, and its id is higher than that of who did so. */
  @Test
  void whatATransactionInsertsThatBeganWhileTheFieldWasDeclaredIsWrittenUpToo() throws Exception {
    ListName list = list();
    indexed(list, 1, "outside");
    DatabaseUrl url = postgres.url();
    try (Connection clock = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Connection late = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement declares = clock.createStatement();
        Statement inserts = late.createStatement()) {
      clock.setAutoCommit(false);
      late.setAutoCommit(false);
      declares.execute(Objects.requireNonNull(Statements.all().get("IndexSql.DECLARE")));
      inserts.execute(
          """
          insert into resources (uuid, label, type, schema_version, attrs)
          values ('%s', 'late', '%s', 1, '{"outside":"i-1"}')
          """
              .formatted(UUID.randomUUID(), list.type()));
      clock.commit();
      for (int i = 0; i < 4; i++) {
        get(store().indexes().fill(100));
      }
      assertThat(state()).isEqualTo("filling");
      late.commit();
    }
    until("ready");
    assertThat(pages(list)).containsExactly(1, 1);
    assertThat(postgres.rows("select from field_index")).hasSize(1);
  }

  /** Ids of transactions begin anew on the server that a dump is restored on. */
  @Test
  void whatWasBrokenOffOnAnotherServerIsBegunAnew() {
    ListName list = list();
    with(list, "i-1");
    indexed(list, 1, "outside");
    get(store().indexes().declare());
    get(store().indexes().fill(2));
    assertThat(state()).isEqualTo("filling");
    postgres.execute(
        "update indexed_fields set inserts_by = '9000000000000000000', filled_at = 'infinity'");
    until("ready");
    assertThat(pages(list)).containsExactly(1, 1);
  }

  @Test
  void whatNoTypeHasIndexedAnyMoreIsRemovedAndMayComeBack() {
    ListName list = list();
    indexed(list, 1, "outside");
    until("ready");
    ResourceRow one = with(list, "i-1");
    postgres.execute(
        "update resource_types set definition = jsonb_set(definition, '{fields}', '[]')");
    get(store().indexes().declare());
    assertThat(state()).isEqualTo("gone");
    assertThat(pages(list)).containsExactly(1, 1);
    written();
    assertThat(postgres.rows("select from field_index")).isEmpty();
    assertThat(postgres.rows("select from indexed_fields")).isEmpty();
    postgres.rows(
        "update resources set attrs = '{\"outside\":\"i-2\"}' where uuid = $1", one.uuid());
    assertThat(postgres.rows("select from field_index")).isEmpty();
    indexed(list, 1, "outside");
    until("ready");
    assertThat(postgres.rows("select value from field_index").get(0).getString(0))
        .isEqualTo("\"i-2\"");
  }

  @Test
  void equalValuesHaveOneKeyAndNoKeyIsLong() {
    assertThat(
            postgres.rows(
                """
                with v (j) as (values
                  ('1'::jsonb), ('1.0'), ('1.10'), ('1.1'), ('1e2'), ('100'), ('-0'), ('0'), ('"1"'),
                  ('"a\\\\b"'), ('null'), ('true'), ('""'), ('{"Decimal":"1.10"}'), ('{"Decimal":"1.1"}'),
                  ('{"UUID": "x"}'), ('{"UUID":"x"}'), (to_jsonb(repeat('x', 3000))),
                  (to_jsonb(repeat('x', 3001))), (to_jsonb(repeat('ü', 3000))))
                select a.j::text from v a, v b
                 where (a.j = b.j) <> (toygun_index_key(a.j) = toygun_index_key(b.j))
                    or octet_length(toygun_index_key(a.j)) > 200
                """))
        .isEmpty();
  }

  @Test
  void whatDoesNotChangeAnIndexedFieldWritesNothingOfTheIndexAndIsHot() {
    ListName list = list();
    indexed(list, 1, "outside");
    until("ready");
    ResourceRow one = with(list, "i-1");
    long[] before = counts();
    for (int i = 0; i < 20; i++) {
      postgres.rows(
          "update resources set attrs = attrs || jsonb_build_object('n', $2::int) where uuid = $1",
          one.uuid(),
          i);
    }
    long[] after = counts();
    assertThat(after[0] - before[0]).as("updates").isEqualTo(20);
    assertThat(after[1] - before[1]).as("HOT").isEqualTo(20);
    assertThat(after[2]).as("written to the index").isEqualTo(before[2]);
  }

  private long[] counts() {
    postgres.flushStatistics();
    var row =
        postgres
            .rows(
                """
                select r.n_tup_upd, r.n_tup_hot_upd, i.n_tup_ins + i.n_tup_upd + i.n_tup_del
                  from pg_stat_user_tables r, pg_stat_user_tables i
                 where r.relname = 'resources' and i.relname = 'field_index'
                """)
            .get(0);
    return new long[] {Rows.big(row, 0), Rows.big(row, 1), Rows.big(row, 2)};
  }

  /** Transactions of other tests, on the same server, may be waited for. */
  private void until(String state) {
    int looks = 0;
    do {
      written();
      looks++;
    } while (looks < 10_000 && !state.equals(state()));
    assertThat(state()).isEqualTo(state);
  }

  private String state() {
    return Rows.text(postgres.rows("select state from indexed_fields").get(0), 0);
  }

  private String read(ListName list, String value) {
    return Plan.ran(
            postgres,
            "NarrowedSql.BY_CREATED_AT",
            list.type(),
            null,
            null,
            null,
            null,
            asked(value, "outside"),
            false,
            null,
            null,
            10,
            null,
            null)
        .text();
  }

  /** How many a list finds page by page, in either direction. */
  private List<Integer> pages(ListName list) {
    List<Integer> found = new ArrayList<>();
    for (Order order : List.of(Order.CREATED_AT, Order.CREATED_AT_DESC)) {
      int n = 0;
      @Nullable After after = null;
      Views.Page<ResourceRow> page;
      do {
        page =
            postgres.get(
                new ViewsPg(postgres.store().database()).resources(query(list, order, after)));
        n += page.rows().size();
        for (ResourceRow row : page.rows()) {
          after = new After(row.machine().createdAt().toString(), row.uuid());
        }
      } while (page.more());
      found.add(n);
    }
    return found;
  }

  private ResourceQuery query(ListName list, Order order, @Nullable After after) {
    return new ResourceQuery(
        list.type(), null, null, null, null, asked("i-1", "outside"), false, null, order, after, 2);
  }
}
