package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditTest {
  /** One connection, so that it is the one that wrote which is asked. */
  @Test
  void whatIsAboutToBeCarriedOutIsWrittenWithoutWaitingForTheDiskAndOnlyThat() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      postgres.execute(
          """
          create table seen (setting text);
          create function see() returns trigger language plpgsql as $$
            begin insert into seen select current_setting('synchronous_commit'); return new; end $$;
          create trigger see after insert or update on audit for each row execute function see();
          """);
      Audit audit = new Audit(postgres.store().database());
      long seq = postgres.get(audit.write(entry(null)));
      assertThat(postgres.rows("SHOW synchronous_commit").get(0).getString(0)).isEqualTo("on");
      postgres.get(audit.result(seq, 202, null).map(true));
      postgres.get(audit.write(entry(403)));
      assertThat(postgres.rows("SELECT setting FROM seen"))
          .extracting(row -> row.getString(0))
          .as("asked for, its status, turned away")
          .containsExactly("off", "on", "on");
      assertThat(postgres.rows("SELECT status FROM audit ORDER BY seq"))
          .extracting(row -> row.getInteger(0))
          .containsExactly(202, 403);
    }
  }

  private static Audit.Entry entry(@org.jspecify.annotations.Nullable Integer status) {
    return new Audit.Entry(
        "me",
        "operator",
        "startTask",
        new UUID(1, 2),
        null,
        "/v1/x",
        true,
        status,
        "",
        "::1",
        null,
        Audit.Entry.NO_DETAILS);
  }
}
