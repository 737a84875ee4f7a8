package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is gone without a word, while another one answers at its address. */
class LostPostgresTest {
  private static final int CONNECTIONS = 3;

  private final PostgresFixture postgres = new PostgresFixture(2);
  private Relay relay;
  private PgStore store;

  @BeforeEach
  void connect() throws Exception {
    relay = new Relay(postgres.url().port());
    store = store(relay.port());
    postgres.get(store.check().map(true));
  }

  @AfterEach
  void close() throws Exception {
    postgres.get(store.close().map(true));
    relay.close();
    postgres.close();
  }

  private PgStore store(int port) {
    DatabaseUrl url = postgres.url();
    return PgStore.connect(
        postgres.vertx(),
        new DatabaseUrl(
            url.host(), port, url.database(), url.user(), url.password(), url.ssl(), null),
        new DatabaseSettings("lost", CONNECTIONS, 10, Duration.ofSeconds(1)));
  }

  @Test
  void aConnectionThatIsLostWithoutAWordIsReplacedByTheNextCheck() {
    relay.lose();
    postgres.get(store.check().map(true));
    assertThat(postgres.get(store.now())).isNotNull();
  }

  /** What waits for an answer keeps its place in the pool, and nobody will ever answer. */
  @Test
  void aPoolThatIsFullOfLostConnectionsIsReplacedWithinAFewChecks() {
    many().forEach(postgres::get);
    relay.lose();
    List<Future<Instant>> lost = many();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> postgres.get(store.check().map(true))).isNotNull();
    }
    postgres.get(store.check().map(true));
    lost.forEach(one -> assertThat(catchThrowable(() -> postgres.get(one))).isNotNull());
    many().forEach(postgres::get);
    assertThat(relay.waiting()).isZero();
  }

  /** More at once than there are connections. */
  private List<Future<Instant>> many() {
    List<Future<Instant>> all = new ArrayList<>();
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      all.add(store.now());
    }
    return all;
  }

  @Test
  void whereNobodyAnswersAnewWhatIsThereIsKept() {
    many().forEach(postgres::get);
    relay.hold();
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> postgres.get(store.check().map(true))).isNotNull();
    }
    int connections = relay.connections();
    relay.release();
    postgres.get(store.check().map(true));
    assertThat(relay.connections()).isEqualTo(connections);
  }
}
