package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything that may hold a secret, read and written back a page at a time. */
class SecretRowsTest {
  private static final String SECRET = "{\"Secret\": [0, \"gAAAA%s\"]}";

  private final PostgresFixture postgres = new PostgresFixture();
  private final SecretRows rows = new SecretRows(postgres.store().database());

  @AfterEach
  void close() {
    postgres.close();
  }

  private static UUID uuid(int n) {
    return new UUID(1, n);
  }

  /** Ten of each, every other of which holds a secret. */
  private void fill() {
    postgres.execute("set session_replication_role = replica");
    for (int n = 1; n <= 10; n++) {
      String held = n % 2 == 0 ? "{\"token\": " + SECRET.formatted(n) + "}" : "{\"plain\": 1}";
      postgres.execute(
          """
          insert into resources (uuid, label, path, type, schema_version, state, attrs)
          values ('%1$s', 'r%2$d', '{}', 'kept', 1, 'there', '%3$s');
          insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, attrs, args, started_by, cause)
          values ('%1$s', '%4$s', 'task', 1, 'kept', 1, 'on', 1, '%3$s', '%3$s', 'test', 'api');
          insert into signals (resource_uuid, subject_uuid, uuid, type, attrs, sender)
          values ('%1$s', '%1$s', '%4$s', 'said', '%3$s', 'test');
          """
              .formatted(uuid(n), n, held, new UUID(2, n)));
    }
  }

  private long all(Function<SecretRows.Place, SecretRows.Place> page) {
    SecretRows.Place place = SecretRows.START;
    while (place.more()) {
      place = page.apply(place);
    }
    return place.seen();
  }

  private List<String> read(SecretRows.Table table) {
    List<String> texts = new ArrayList<>();
    long seen = all(place -> postgres.get(rows.read(table, place, 3, texts::add)));
    assertThat(seen).isGreaterThanOrEqualTo(10);
    return texts;
  }

  private void renew(SecretRows.Table table) {
    all(place -> postgres.get(rows.renew(table, place, 3, text -> text.replace("[0,", "[1,"))));
  }

  @Test
  void everySecretIsMetOnceAndWrittenBack() {
    fill();
    for (SecretRows.Table table :
        List.of(SecretRows.Table.RESOURCES, SecretRows.Table.TASKS, SecretRows.Table.SIGNALS)) {
      int each = table == SecretRows.Table.TASKS ? 10 : 5;
      assertThat(read(table)).as(table.name()).hasSize(each).allMatch(t -> t.contains("[0,"));
      renew(table);
      assertThat(read(table)).as(table.name()).hasSize(each).allMatch(t -> t.contains("[1,"));
    }
    assertThat(postgres.rows("select count(*)::int from tasks where attrs = '{\"plain\": 1}'"))
        .extracting(row -> row.getInteger(0))
        .containsExactly(5);
    assertThat(postgres.get(rows.read(SecretRows.Table.SINKS, SecretRows.START, 3, t -> {})).seen())
        .isZero();
  }

  @Test
  void whatSomebodyWritesMeanwhileIsNotUndone() {
    fill();
    all(
        place ->
            postgres.get(
                rows.renew(
                    SecretRows.Table.RESOURCES,
                    place,
                    3,
                    text -> {
                      postgres.execute(
                          "update resources set attrs = attrs || jsonb_build_object('more', clock_timestamp()) where uuid = '%s'"
                              .formatted(uuid(4)));
                      return text.replace("[0,", "[1,");
                    })));
    assertThat(read(SecretRows.Table.RESOURCES))
        .filteredOn(text -> text.contains("[0,"))
        .singleElement()
        .matches(text -> text.contains("\"more\""));
  }

  @Test
  void whatSomebodyHasLockedIsLeftForTheNextRound() throws SQLException {
    fill();
    try (OtherClient other = new OtherClient(postgres)) {
      other.execute("select from tasks where uuid = '%s' for update".formatted(new UUID(2, 6)));
      renew(SecretRows.Table.TASKS);
      assertThat(read(SecretRows.Table.TASKS)).filteredOn(t -> t.contains("[0,")).hasSize(2);
    }
    renew(SecretRows.Table.TASKS);
    assertThat(read(SecretRows.Table.TASKS)).noneMatch(text -> text.contains("[0,"));
  }

  @Test
  void aPageIsReadByTheKeyOfItsTable() {
    Fleet.fill(postgres, 1_000);
    Plan.ran(postgres, "SecretSql.RESOURCES", uuid(0), Fleet.resource(500), 100).looksAt(110);
    Plan.ran(postgres, "SecretSql.TASKS", Fleet.resource(500), uuid(0), 100).looksAt(110);
  }
}
