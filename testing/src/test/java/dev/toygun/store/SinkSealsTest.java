package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.alert.Network;
import dev.toygun.alert.NotDelivered;
import dev.toygun.alert.SinkKind;
import dev.toygun.alert.SinkSeals;
import dev.toygun.alert.Sinks;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.testing.servers.Receiver;
import dev.toygun.time.SystemTime;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys are replaced under sinks, on a real Postgres and with a real receiver. */
class SinkSealsTest {
  private static final String SECRET = "canary-0123456789";

  private final PostgresFixture postgres = new PostgresFixture();
  private final SystemTime time = new SystemTime(postgres.vertx());
  private final AlarmSinks rows = new AlarmSinks(postgres.store().database());
  private final PgOutbox outbox = new PgOutbox(postgres.store().database());
  private final Receiver receiver = new Receiver();
  private final String key0 = Keyring.newKey(time::random);
  private final String key1 = Keyring.newKey(time::random);
  private final Sinks old = sinks("{\"0\":\"%s\"}".formatted(key0));
  private final Sinks both = sinks("{\"0\":\"%s\",\"1\":\"%s\"}".formatted(key0, key1));
  private final Sinks opening =
      sinks("{\"0\":\"%s\",\"1\":\"%s\",\"seals\":0}".formatted(key0, key1));
  private final Sinks young = sinks("{\"1\":\"%s\"}".formatted(key1));

  @AfterEach
  void close() {
    receiver.close();
    postgres.close();
  }

  private Sinks sinks(String keychain) {
    return new Sinks(
        postgres.vertx(),
        time,
        new FieldSeal(Keyring.parse(keychain, time::random)),
        List.of(Network.of("127.0.0.0/8")));
  }

  private void sink(String name) {
    JsonObject plain =
        new JsonObject().put("url", receiver.url("/hook")).put("secret", SECRET).put("title", "x");
    UUID uuid = UUID.randomUUID();
    String sealed = old.settings().seal(uuid, SinkKind.WEBHOOK, plain, time.now()).encode();
    postgres.get(rows.insert(name, uuid, "webhook", sealed, SinkScope.from("info"), true, "test"));
  }

  private Claimed message() {
    postgres.rows(
        """
        INSERT INTO deliveries (uuid, resource_uuid, alarm_uuid, sink, event, due_at, body)
        VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'ops', 'open', now(), '{"dedup_key":"toygun/1"}')
        """);
    return postgres.get(outbox.claim(List.of(), 1, Duration.ofSeconds(60))).get(0);
  }

  private int renew(Sinks by) {
    return postgres.get(new SinkSeals(rows, by.settings(), time).renew());
  }

  @Test
  void afterTheOldKeyIsGoneWhatItSealedIsStillDelivered() throws InterruptedException {
    sink("ops");
    sink("more");
    Claimed before = message();
    assertThatThrownBy(() -> postgres.get(young.send(before)))
        .isInstanceOfSatisfying(
            NotDelivered.class, why -> assertThat(why.forGood()).as(why.getMessage()).isFalse());
    List<SinkRow> was = postgres.get(rows.list());

    assertThat(renew(old)).as("there is no newer key").isZero();
    assertThat(renew(opening)).as("the newer key does not seal yet").isZero();
    assertThat(renew(both)).isEqualTo(2);
    assertThat(renew(both)).as("it is done").isZero();
    assertThat(renew(opening)).as("it is not undone").isZero();
    assertThat(renew(young)).isZero();

    for (SinkRow row : was) {
      SinkRow is = postgres.get(rows.find(row.name()));
      assertThat(is.version()).isEqualTo(row.version());
      assertThat(is.settings()).contains("[1, ").doesNotContain("[0, ").doesNotContain(SECRET);
    }
    postgres.get(young.send(message()).map(true));
    assertThat(receiver.take().header("toygun-signature")).contains("v1=");
  }

  @Test
  void whoChangesASinkMeanwhileWins() {
    sink("ops");
    SinkRow read = postgres.get(rows.find("ops"));
    SinkRow changed =
        postgres.get(rows.update(read, "{\"title\":\"y\"}", SinkScope.from("error"), true));
    assertThat(postgres.get(rows.reseal(read, "{\"title\":\"z\"}"))).isFalse();
    assertThat(postgres.get(rows.find("ops"))).isEqualTo(changed);
  }

  @Test
  void whatNoKeyOpensStaysAsItIs() {
    sink("ops");
    String before = postgres.get(rows.find("ops")).settings();
    Sinks others =
        sinks("{\"0\":\"%s\",\"1\":\"%s\"}".formatted(Keyring.newKey(time::random), key1));
    assertThat(renew(others)).isZero();
    assertThat(postgres.get(rows.find("ops")).settings()).isEqualTo(before);
  }
}
