package dev.toygun.examples.addon;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Availability;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Secret;
import dev.toygun.examples.postgres.LocalPostgres;
import dev.toygun.testing.Simulation;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddonTest {
  private static final Field<Long> PORT = Field.integer("port");

  private final FakeHeroku heroku = new FakeHeroku();

  enum Server {
    CREATING,
    AVAILABLE
  }

  /** A server that takes this long to be made. */
  private static ResourceType<Server> server(Duration time) {
    return ResourceType.of(
            LocalPostgres.TYPE,
            state(Server.CREATING)
                .decide(
                    t ->
                        t.find(PORT).isPresent()
                            ? t.go(Server.AVAILABLE)
                            : t.pause(time).with(PORT, 5433L))
                .to(Server.AVAILABLE),
            state(Server.AVAILABLE).decide(t -> t.stay().observe(true)).rests())
        .fields(
            LocalPostgres.PASSWORD,
            PORT,
            Field.text("username").initially("app"),
            Field.text("database").initially("app"))
        .availability(a -> a.offlineAfter(1));
  }

  private Simulation asked(Duration time) {
    return given(Simulation.of(new Addon(heroku).type(), server(time)));
  }

  private static Simulation given(Simulation addon) {
    return addon
        .with(Addon.ADDON, new UUID(1, 2))
        .with(Addon.PLAN, "hobby")
        .with(Addon.GRANT, Secret.of("code-1"));
  }

  @Test
  void itsAppIsToldWhereItsServerIsOnceThatAnswers() {
    Simulation addon = asked(ofSeconds(30));
    addon.advance(ofSeconds(20));
    assertThat(addon.state()).isEqualTo("creating");
    assertThat(heroku.asked).containsExactly("exchange code-1");
    addon.advance(ofSeconds(20));
    assertThat(addon.state()).isEqualTo("ready");
    assertThat(heroku.asked)
        .containsExactly(
            "exchange code-1",
            "configure by access-1: postgres://app:PASSWORD@127.0.0.1:5433/app",
            "provisioned by access-1");
    assertThat(addon.availability()).isEqualTo(Availability.ONLINE);
  }

  @Test
  void tokensThatAreTooOldByThenAreRenewed() {
    heroku.lasts = ofMinutes(10);
    Simulation addon = asked(ofMinutes(11));
    addon.advance(ofMinutes(12));
    assertThat(addon.state()).isEqualTo("ready");
    assertThat(heroku.asked)
        .containsExactly(
            "exchange code-1",
            "refresh refresh-1",
            "configure by access-2: postgres://app:PASSWORD@127.0.0.1:5433/app",
            "provisioned by access-2");
  }

  @Test
  void whereHerokuDoesNotAnswerForAnHourItGoesOnAfterThat() {
    Simulation addon = asked(ofSeconds(1));
    addon.advance(Duration.ofMillis(900));
    heroku.answers = false;
    addon.advance(ofHours(1));
    assertThat(addon.state()).isEqualTo("handing_over");
    assertThat(addon.alarms()).isEmpty();
    heroku.answers = true;
    addon.advance(ofMinutes(11));
    assertThat(addon.state()).isEqualTo("ready");
  }

  @Test
  void whatHerokuRefusesIsForAPersonAtOnce() {
    heroku.refuses = true;
    Simulation addon = asked(ofSeconds(1));
    addon.advance(ofSeconds(1));
    assertThat(addon.errors()).singleElement().asString().contains("GrantRefused");
    assertThat(addon.alarms()).isNotEmpty();
  }

  @Test
  void whenItGoesItsServerGoesFirst() {
    Simulation addon = asked(ofSeconds(1));
    addon.advance(ofMinutes(1));
    addon.delete();
    addon.advance(ofMinutes(1));
    assertThat(addon.children(LocalPostgres.TYPE)).isEmpty();
    assertThat(addon.state()).isEqualTo("__stop__");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsLostOrRunsTwiceItComesToBeReady(long seed) {
    Simulation addon =
        given(Simulation.crashing(new Addon(heroku).type(), seed, server(ofSeconds(5))));
    addon.advance(ofMinutes(30));
    assertThat(addon.state()).as("seed %d: %s", seed, addon).isEqualTo("ready");
    assertThat(heroku.asked).as("seed %d", seed).last().asString().startsWith("provisioned");
  }
}
