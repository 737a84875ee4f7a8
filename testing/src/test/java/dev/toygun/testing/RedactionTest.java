package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.PANICKED;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Backoff;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Secret;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import java.util.List;
import java.util.Map;
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
