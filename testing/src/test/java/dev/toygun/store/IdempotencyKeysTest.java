package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Idempotency.Claim;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Claims of Idempotency-Keys that outlive their time. */
class IdempotencyKeysTest {
  private final PostgresFixture postgres = new PostgresFixture();
  private final Idempotency keys = new Idempotency(postgres.store().database());

  @AfterEach
  void close() {
    postgres.close();
  }

  private Claim claim() {
    return postgres.get(keys.claim("somebody", "once", new byte[] {1}));
  }

  private void theirTimeIsOver() {
    postgres.execute("update idempotency_keys set expires_at = now() - interval '1 s'");
  }

  @Test
  void whatIsSaidLateOfAClaimIsNotSaidOfTheNextOne() {
    Claim.Ours first = (Claim.Ours) claim();
    theirTimeIsOver();
    Claim.Ours second = (Claim.Ours) claim();
    assertThat(second.again()).isTrue();
    assertThat(second.makes()).isEqualTo(first.makes());
    postgres.get(keys.release(first).map(true));
    postgres.get(keys.answer(first, 500, Map.of(), "late").map(true));
    assertThat(claim()).isInstanceOf(Claim.UnderWay.class);
    postgres.get(keys.answer(second, 201, Map.of("A", "b"), "made").map(true));
    assertThat(claim()).isEqualTo(new Claim.Answered(201, Map.of("A", "b"), "made"));
  }

  @Test
  void aRequestThatCameToNothingMakesSomethingElseTheNextTime() {
    Claim.Ours first = (Claim.Ours) claim();
    postgres.get(keys.release(first).map(true));
    Claim.Ours next = (Claim.Ours) claim();
    assertThat(next.again()).isFalse();
    assertThat(next.makes()).isNotEqualTo(first.makes());
  }

  @Test
  void allThatIsTooOldIsTakenOutAndWhatWasNeverAnsweredIsKeptForADay() {
    claim();
    postgres.execute(
        """
        insert into idempotency_keys (actor, key, request_hash, status, expires_at)
        select 'other', g::text, 'x', 200, now() from generate_series(1, 20001) g
        """);
    theirTimeIsOver();
    postgres.get(keys.purge().map(true));
    assertThat(postgres.rows("SELECT key FROM idempotency_keys")).hasSize(1);
    postgres.execute("update idempotency_keys set created_at = now() - interval '25 h'");
    postgres.get(keys.purge().map(true));
    assertThat(postgres.rows("SELECT key FROM idempotency_keys")).isEmpty();
  }

  /** It waits for whoever claims the key, and would go by what it saw before. */
  @Test
  void aClaimThatIsMadeMeanwhileIsNotTakenOut() throws SQLException {
    Claim.Ours first = (Claim.Ours) claim();
    postgres.get(keys.answer(first, 201, Map.of(), "made").map(true));
    theirTimeIsOver();
    try (OtherClient other = new OtherClient(postgres)) {
      other.execute(
          "update idempotency_keys set status = null, expires_at = now() + interval '2 min'");
      Future<Void> purged = keys.purge();
      other.awaitBlocked();
      other.commit();
      postgres.get(purged.map(true));
    }
    assertThat(claim()).isInstanceOf(Claim.UnderWay.class);
  }
}
