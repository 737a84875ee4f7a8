package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition.StateDefinition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What workers publish of their types. */
class PublishTest {
  private static TypeDefinition website(int version, @Nullable Long every, String... states) {
    return new TypeDefinition(
        "website",
        version,
        "default",
        Priority.NORMAL,
        states[0],
        List.of(new TypeDefinition.FieldDefinition("address", "uri", true, false, null, List.of())),
        List.of(states).stream().map(name -> state(name, every)).toList(),
        List.of(),
        List.of(),
        false,
        List.of(),
        "stateDiagram",
        null);
  }

  private static StateDefinition state(String name, @Nullable Long every) {
    return new StateDefinition(
        name, "decide", List.of(), false, false, true, false, List.of(), every, null, 30, 0,
        List.of());
  }

  @Test
  void periodsMayDifferBetweenBuildsAndStatesMayNot() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      publish(postgres, website(1, null, "watched"), "build-1");
      publish(postgres, website(1, 30L, "watched"), "build-2");
      assertThat(
              postgres.rows(
                  "SELECT definition::text FROM resource_types WHERE definition::text LIKE '%30%'"))
          .hasSize(1);
      assertThat(postgres.rows("SELECT build FROM type_builds")).hasSize(2);

      Refusal refusal =
          Objects.requireNonNull(
              catchThrowableOfType(
                  Refusal.class,
                  () -> publish(postgres, website(1, 30L, "watched", "gone"), "build-3")));
      assertThat(refusal.code()).isEqualTo(Refusal.Code.EXISTS);
      assertThat(postgres.rows("SELECT build FROM type_builds")).hasSize(2);

      publish(postgres, website(2, 30L, "watched", "gone"), "build-3");
      assertThat(postgres.rows("SELECT version FROM resource_types")).hasSize(2);
    }
  }

  private static void publish(PostgresFixture postgres, TypeDefinition type, String build) {
    postgres.get(postgres.store().publish(List.of(type), build).map(true));
  }
}
