package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.service.Service;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The months of history, in a database that stood still until it had none for today. */
class PartitionsTest {
  private static final int FEW = 10_000;
  private static final String KEYCHAIN = "{\"0\":\"cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\"}";

  private final PostgresFixture postgres = new PostgresFixture();
  private final SystemWatch system = new SystemWatch(postgres.store().database());
  private List<String> made = List.of();
  private List<String> shapes = List.of();

  @BeforeEach
  void standStill() {
    made = partitions();
    shapes = shapes();
    made.forEach(name -> postgres.execute("drop table " + name));
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  private List<String> partitions() {
    return texts(
        """
        SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent IN ('transitions'::regclass, 'errors'::regclass)
           AND c.relname NOT LIKE '%_default'
         ORDER BY 1
        """);
  }

  /** Columns, indexes and checks of every partition, under names without their month. */
  private List<String> shapes() {
    return texts(
        """
        SELECT regexp_replace(shape, '2[0-9]{5}', 'MONTH', 'g') FROM (
          SELECT indexdef FROM pg_indexes WHERE tablename ~ '_2[0-9]{5}$'
          UNION ALL
          SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE conrelid::regclass::text ~ '_2[0-9]{5}$'
          UNION ALL
          SELECT concat_ws(' ', table_name, ordinal_position, column_name, data_type, is_nullable, column_default)
            FROM information_schema.columns WHERE table_name ~ '_2[0-9]{5}$') AS all_of (shape)
        ORDER BY 1
        """);
  }

  private List<String> texts(String sql) {
    return postgres.rows(sql).stream().map(row -> Rows.text(row, 0)).toList();
  }

  private long count(String table) {
    Row row = postgres.rows("SELECT count(*) FROM " + table).get(0);
    return Rows.big(row, 0);
  }

  private void moves(int steps) {
    postgres.execute(
        """
        insert into transitions
               (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build)
        select gen_random_uuid(), gen_random_uuid(), step, 'a', 'b', 'clock', 'me', 'w', 'b'
          from generate_series(1, %d) step
        """
            .formatted(steps));
  }

  @Test
  void aFewRowsThatCameBeforeTheirMonthMoveIntoIt() {
    moves(100);
    List<String> rows = texts("SELECT t::text FROM transitions t ORDER BY step");
    assertThat(count("transitions_default")).isEqualTo(100);

    assertThat(postgres.get(system.look()).partitions()).isTrue();
    assertThat(partitions()).isEqualTo(made);
    assertThat(shapes()).isEqualTo(shapes);
    assertThat(count("transitions_default")).isZero();
    assertThat(texts("SELECT t::text FROM transitions t ORDER BY step")).isEqualTo(rows);
  }

  @Test
  void aMonthWithTooManyIsLeftToMigrateAndTheOthersAreMade() {
    moves(FEW + 1);
    postgres.get(system.look());
    assertThat(partitions()).hasSize(made.size() - 1).isSubsetOf(made);
    assertThat(count("transitions_default")).isEqualTo(FEW + 1);

    Migrations.migrate(postgres.url());
    assertThat(partitions()).isEqualTo(made);
    assertThat(count("transitions_default")).isZero();
    assertThat(count("transitions")).isEqualTo(FEW + 1);
  }

  @Test
  void aMonthThatIsOverIsMadeToo() {
    moves(3);
    postgres.execute("update transitions set at = at - interval '70 days' where step = 1");
    Migrations.migrate(postgres.url());
    assertThat(partitions()).hasSize(made.size() + 1).containsAll(made);
    assertThat(count("transitions_default")).isZero();
  }

  @Test
  void anyNumberOfProcessesMayMakeThemAtOnce() {
    moves(FEW);
    List<CompletableFuture<Migrations.Migrated>> all =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> Migrations.migrate(postgres.url())))
            .limit(4)
            .toList();
    assertThat(all).allSatisfy(one -> assertThat(one.join().applied()).isZero());
    assertThat(partitions()).isEqualTo(made);
    assertThat(count("transitions_default")).isZero();
  }

  @Test
  void whyAMonthCannotBeMadeIsSaidByMigrate() {
    String name = made.get(made.size() - 1);
    moves(1);
    postgres.execute(
        """
        create function refuse() returns event_trigger language plpgsql as $$
        begin
          if to_regclass('%s') is not null then
            raise exception 'not here';
          end if;
        end $$;
        create event trigger refuses on ddl_command_end when tag in ('CREATE TABLE') execute function refuse();
        """
            .formatted(name));
    assertThatThrownBy(() -> Migrations.migrate(postgres.url()))
        .isInstanceOf(WrongSchema.class)
        .hasMessageContaining(name)
        .hasMessageContaining("not here");
    assertThat(partitions()).hasSize(made.size() - 1).doesNotContain(name);
  }

  @Test
  void aServiceMakesThemBeforeItsPartsBegin() {
    DatabaseUrl url = postgres.url();
    Config config =
        Config.read(
            Map.of(
                "TOYGUN_DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                    .formatted(url.user(), url.password(), url.host(), url.port(), url.database()),
                "TOYGUN_REDIS_URL",
                "redis://127.0.0.1:1",
                "TOYGUN_KEYCHAIN",
                KEYCHAIN,
                "TOYGUN_METRICS_PORT",
                "0"),
            List.of());
    Looking body = new Looking();
    Service service =
        postgres.get(Service.open(Ground.open("test", config, Ground.Queues.IN_PROCESS)));
    postgres.get(service.start(body).map(true));
    postgres.get(service.stop().map(true));
    assertThat(body.found).isEqualTo(made);
  }

  /** A service whose parts would find these partitions. */
  private final class Looking implements Service.Body {
    private volatile List<String> found = List.of();

    @Override
    public String name() {
      return "test";
    }

    @Override
    public List<Service.Limb> limbs(Ground ground) {
      found = partitions();
      return List.of();
    }
  }
}
