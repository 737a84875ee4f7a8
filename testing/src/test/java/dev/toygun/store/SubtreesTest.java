package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Views.After;
import dev.toygun.store.Views.AlarmRow;
import dev.toygun.store.Views.Order;
import dev.toygun.store.Views.Page;
import dev.toygun.store.Views.ResourceQuery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lists of what is below a root, walked down where there is little, and read in their own order
 * where there is much: the same lists.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubtreesTest {
  private static final int TENANTS = 100;
  private static final int SITES = 100;

  private final PostgresFixture postgres = new PostgresFixture();
  private @Nullable Connection connection;

  /* One above all; below it tenants; below each so many sites, every tenth ended; on each site an alarm and an error. */
  @BeforeAll
  void fill() throws SQLException {
    DatabaseUrl url = postgres.url();
    connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
    run(
        """
        insert into resources (uuid, label, type, schema_version, state)
        values (md5('top')::uuid, 'top', 'top', 1, 'first');
        insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, created_at)
        select md5('t' || i)::uuid, md5('top')::uuid, array[md5('top')::uuid], 'tenant-' || i, 'tenant', 1, 'first', now() - i * interval '1 s'
          from generate_series(1, %d) i;
        insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, active, ended_at, created_at)
        select md5(i || 's' || j)::uuid, md5('t' || i)::uuid, array[md5('top')::uuid, md5('t' || i)::uuid], 'site-' || j, 'site', 1,
               case when j %% 10 = 0 then '__stop__' else 'first' end, j %% 10 <> 0,
               case when j %% 10 = 0 then now() end, now() - (j * 1000 + i) * interval '1 s'
          from generate_series(1, %d) i, generate_series(1, %d) j;
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at, created_at)
        select r.uuid, r.uuid, md5('a' || r.uuid)::uuid, 'down', r.type, 1, 'open', 1, true, 'error', 'm', now(), r.created_at
          from resources r where r.type = 'site' and r.active;
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, state, step, try, worker, build)
        select md5('e' || r.uuid)::uuid, r.uuid, r.uuid, 'K', 'm', 's', 1, 1, 'w', 'b'
          from resources r where r.type = 'site' and r.active;
        analyze;
        """
            .formatted(TENANTS, TENANTS, SITES));
  }

  @AfterAll
  void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
    postgres.close();
  }

  private Subtrees lists(int few) {
    return new Subtrees(postgres.store().database(), few);
  }

  private static ResourceQuery sites(Order order, boolean ended, @Nullable After after) {
    return new ResourceQuery("site", null, null, null, null, "[]", ended, null, order, after, 17);
  }

  private static UUID uuid(String of) {
    try {
      ByteBuffer md5 =
          ByteBuffer.wrap(
              MessageDigest.getInstance("MD5").digest(of.getBytes(StandardCharsets.UTF_8)));
      return new UUID(md5.getLong(), md5.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private List<String> read(Subtrees lists, UUID root, Order order, boolean ended) {
    List<String> labels = new ArrayList<>();
    @Nullable After after = null;
    boolean more = true;
    while (more) {
      Page<ResourceRow> page = postgres.get(lists.resources(root, sites(order, ended, after)));
      page.rows().forEach(row -> labels.add(row.label()));
      more = page.more();
      if (more) {
        ResourceRow last = page.rows().get(page.rows().size() - 1);
        boolean byLabel = order == Order.LABEL || order == Order.LABEL_DESC;
        after =
            new After(byLabel ? last.label() : last.machine().createdAt().toString(), last.uuid());
      }
    }
    return labels;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Subtrees.FEW})
  void aPageHasWhatIsBelowTheRootInItsOrder(int few) throws SQLException {
    Map<Order, String> orders =
        Map.of(
            Order.CREATED_AT, "created_at",
            Order.CREATED_AT_DESC, "created_at desc",
            Order.LABEL, "label",
            Order.LABEL_DESC, "label desc");
    for (Map.Entry<Order, String> order : orders.entrySet()) {
      for (boolean ended : List.of(true, false)) {
        String expected =
            rows(
                "select label from resources where parent_uuid = '%s' and (active or %s) order by %s"
                    .formatted(uuid("t7"), ended, order.getValue()));
        assertThat(read(lists(few), uuid("t7"), order.getKey(), ended))
            .isEqualTo(List.of(expected.split("\\n")));
      }
    }
    assertThat(read(lists(few), uuid("7s3"), Order.LABEL, false)).containsExactly("site-3");
    assertThat(read(lists(few), UUID.randomUUID(), Order.LABEL, true)).isEmpty();
    assertThat(postgres.get(lists(few).counts(uuid("t7"), "site"))).isEqualTo(Map.of("first", 90L));
    assertThat(postgres.get(lists(few).counts(uuid("t7"), "tenant")))
        .isEqualTo(Map.of("first", 1L));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Subtrees.FEW})
  void alarmsAreOfWhatIsBelowTheRoot(int few) {
    Subtrees lists = lists(few);
    List<AlarmRow> page = postgres.get(lists.alarms(uuid("t7"), null, false, null, null, 11));
    assertThat(page).hasSize(11).allMatch(a -> a.name().equals("down"));
    AlarmRow last = page.get(10);
    After after = new After(last.createdAt().toString(), last.uuid());
    List<AlarmRow> rest = postgres.get(lists.alarms(uuid("t7"), null, true, "open", after, 500));
    assertThat(rest).hasSize(79).doesNotContainAnyElementsOf(page);
    assertThat(postgres.get(lists.alarms(uuid("t7"), Set.of("tenant"), true, null, null, 9)))
        .isEmpty();
    assertThat(postgres.get(lists.alarms(uuid("7s3"), null, false, null, null, 9))).hasSize(1);
    assertThat(postgres.get(lists.openAlarms(uuid("t7"), null)))
        .isEqualTo(Map.of(Severity.ERROR, 90L));
    assertThat(postgres.get(lists.openAlarms(uuid("t7"), Set.of("tenant")))).isEmpty();
    UUID alarm = page.get(0).uuid();
    assertThat(postgres.get(lists.ofAlarms(Set.of(alarm, UUID.randomUUID()))))
        .containsOnlyKeys(alarm)
        .allSatisfy(
            (one, place) -> assertThat(place.path()).containsExactly(uuid("top"), uuid("t7")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Subtrees.FEW})
  void errorsAreOfWhatIsBelowTheRoot(int few) {
    Subtrees lists = lists(few);
    List<ErrorOf> page = postgres.get(lists.errors(uuid("t7"), null, null, null, 11));
    List<ErrorOf> rest =
        postgres.get(lists.errors(uuid("t7"), "K", null, page.get(10).error().uuid(), 500));
    assertThat(page).hasSize(11);
    assertThat(rest).hasSize(79).doesNotContainAnyElementsOf(page);
    assertThat(postgres.get(lists.errors(uuid("t7"), "L", null, null, 9))).isEmpty();
    ErrorGroup group =
        postgres.get(lists.errorGroups(uuid("t7"), null, Duration.ofHours(1), 9)).get(0);
    assertThat(group.count()).isEqualTo(90);
    assertThat(
            postgres.get(lists.errorGroups(uuid("t7"), Set.of("tenant"), Duration.ofHours(1), 9)))
        .isEmpty();
  }

  @Test
  void whatHasLittleBelowItIsWalkedDownAndNotLookedForAmongAll() throws SQLException {
    String root = "'" + uuid("t7") + "'";
    assertThat(
            plan(
                SubtreeSql.FEW_BY_CREATED_AT,
                "'site', null, null, null, null, '[]', false, null, null, 51, null, null, " + root))
        .contains("resources_children", "resources_pkey")
        .doesNotContain("Seq Scan");
    assertThat(plan(SubtreeSql.FEW_ALARMS, root + ", null, false, null, null, null, 51"))
        .contains("resources_children")
        .doesNotContain("Seq Scan");
    assertThat(plan(SubtreeSql.FEW_ERRORS, root + ", null, null, null, 51"))
        .contains("resources_children", "resource_uuid_at_idx");
    assertThat(
            plan(
                SubtreeSql.MANY_BY_CREATED_AT,
                "'site', null, null, null, null, '[]', false, null, null, 51, null, null, '"
                    + uuid("top")
                    + "'"))
        .contains("resources_by_created_at")
        .doesNotContain("Sort");
  }

  private String plan(String sql, String values) throws SQLException {
    run("prepare one as " + sql);
    try {
      return rows("explain execute one (" + values + ")");
    } finally {
      run("deallocate one");
    }
  }

  private String rows(String sql) throws SQLException {
    try (Statement statement = there().createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (results.next()) {
        lines.add(results.getString(1));
      }
      return String.join("\n", lines);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = there().createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection there() {
    if (connection == null) {
      throw new IllegalStateException("it is opened before all tests");
    }
    return connection;
  }
}
