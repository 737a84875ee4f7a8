package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.PANICKED;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.toygun.Backoff;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.Panic;
import dev.toygun.ResourceType;
import dev.toygun.Secret;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.codec.Decorated;
import dev.toygun.store.ErrorRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an exception quotes is stored without the secrets in it. */
class RedactionTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<Secret> PASSWORD = Field.secret("password");
  private static final Field<List<Secret>> TOKENS = Field.list("tokens", Secret.class);
  private static final Field<Map<String, Secret>> LOGINS =
      Field.map("logins", String.class, Secret.class);

  enum One {
    ONLY
  }

  private static ResourceType<One> vault() {
    TaskType<One> quotes =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .blocking(RedactionTest::quote)
                .finishes()
                .retries(0, Backoff.exponential(ofSeconds(1), ofSeconds(1))));
    return ResourceType.of("vault", state(One.ONLY).decide(t -> t.stay().ensure(WORK)).rests())
        .fields(PASSWORD, TOKENS, LOGINS)
        .tasks(quotes);
  }

  private static Next<One> quote(Tick<One> t) {
    throw new IllegalStateException("tried canary-one, canary-two-longer, canary-two, canary-3");
  }

  private static Simulation withSecrets(Simulation vault) {
    return vault
        .with(PASSWORD, Secret.of("canary-one"))
        .with(TOKENS, List.of(Secret.of("canary-two"), Secret.of("canary-two-longer")))
        .with(LOGINS, Map.of("x", Secret.of("canary-3")));
  }

  @Test
  void secretsInListsAndMapsAreTakenOutToo() {
    Simulation vault = withSecrets(Simulation.of(vault()));
    vault.advance(ofSeconds(5));
    assertThat(vault.task(WORK)).isEqualTo(PANICKED);
    assertThat(vault.errors()).hasSize(1);
    assertThat(vault.errors().get(0))
        .endsWith("tried ••••, ••••, ••••, ••••")
        .doesNotContain("canary");
    assertThat(vault.errorRows().get(0).toString()).doesNotContain("canary");
  }

  private static ResourceType<One> panicking(Map<String, Object> attributes) {
    return ResourceType.of(
            "vault",
            state(One.ONLY)
                .decide(
                    t -> {
                      throw new Panic("planted", attributes);
                    })
                .rests())
        .fields(PASSWORD, TOKENS);
  }

  private static Map<String, Object> stored(Simulation vault) {
    vault.advance(ofSeconds(5));
    assertThat(vault.errorRows()).hasSize(1);
    ErrorRow error = vault.errorRows().get(0);
    assertThat(error.message()).isEqualTo("planted");
    return Decorated.parseFields(error.attrs());
  }

  @Test
  void whatIsSaidCanBeStored() {
    String odd = "nul \0 " + "x".repeat(10_000);
    Simulation vault =
        Simulation.of(
            ResourceType.of(
                "vault", state(One.ONLY).decide(t -> t.stay().because(odd).note(odd)).rests()));
    vault.advance(ofSeconds(5));
    assertThat(vault.store().history().moves(vault.row().key()))
        .singleElement()
        .satisfies(
            move ->
                assertThat(move.transition().message())
                    .contains("nul \ufffd xxx")
                    .doesNotContain("\0")
                    .hasSizeLessThan(5_000));
  }

  @Test
  void aSecretIsTakenOutOfAttributesWhateverCharactersItHas() {
    String pem = "-----BEGIN \"KEY\"-----\nMIIB\\canary\n";
    Map<String, Object> attributes =
        Map.of("file", "got " + pem, "lines", List.of(pem, "fine"), "by", Map.of(pem, "key"));
    assertThat(stored(Simulation.of(panicking(attributes)).with(PASSWORD, Secret.of(pem))))
        .containsOnly(
            entry("file", "got ••••"),
            entry("lines", List.of("••••", "fine")),
            entry("by", Map.of("••••", "key")));
  }

  @Test
  void anAttributeThatIsNoTextIsStoredAsOneWhereASecretIsInIt() {
    UUID uuid = new UUID(0x1234, 7);
    Map<String, Object> attributes =
        Map.of(
            "port",
            12345L,
            "size",
            5,
            "seen",
            Set.of(Instant.EPOCH, Instant.parse("1234-01-15T00:00:00Z")),
            "row",
            uuid,
            "odd",
            Optional.of("1234"));
    assertThat(stored(Simulation.of(panicking(attributes)).with(PASSWORD, Secret.of("1234"))))
        .containsOnly(
            entry("port", "••••5"),
            entry("size", 5L),
            entry("seen", Set.of(Instant.EPOCH, "••••-01-15T00:00:00Z")),
            entry("row", uuid.toString().replace("1234", "••••")),
            entry("odd", "Optional[••••]"));
  }

  @Test
  void anAttributeThatCannotBeToldIsNoReasonToLoseTheError() {
    Object silent =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("planted");
          }
        };
    assertThat(stored(Simulation.of(panicking(Map.of("a", silent, "b", 1L)))))
        .containsEntry("b", 1L)
        .hasEntrySatisfying("a", a -> assertThat(a).asString().contains("toString() fails"));
  }

  @Test
  void ofSecretsInSeveralFieldsTheLongestIsTakenOutFirst() {
    Simulation vault =
        Simulation.of(panicking(Map.of("tried", "canary-one-and-more")))
            .with(PASSWORD, Secret.of("canary-one"))
            .with(TOKENS, List.of(Secret.of("canary-one-and-more")));
    assertThat(stored(vault)).containsOnly(entry("tried", "••••"));
  }

  @Test
  void anErrorIsStoredThoughTheKeyOfASecretIsMissing() {
    Simulation other = withSecrets(Simulation.crashing(vault(), 7).calm());
    other.advance(ofSeconds(1));
    Simulation vault = Simulation.of(vault());
    vault.begin();
    // Sealed by a key that this one's keychain does not have.
    String foreign = other.row().machine().attrs();
    vault
        .world
        .store
        .rows()
        .change(vault.row().key(), row -> MachineRows.with(row, foreign, row.list(), vault.now()));
    vault.advance(ofSeconds(5));
    assertThat(vault.task(WORK)).as("%s", vault).isEqualTo(PANICKED);
    assertThat(vault.errors()).hasSize(1);
    assertThat(vault.alarms()).containsExactly("vault/work: panic");
  }
}
