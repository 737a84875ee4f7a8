package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toygun.Priority;
import dev.toygun.store.Refusal;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a worker may publish of its types. */
public interface PublishContract extends StoreFixture {
  /** A type of these states. */
  default TypeDefinition type(String name, int version, @Nullable Long every, String... states) {
    return new TypeDefinition(
        name,
        version,
        "default",
        Priority.NORMAL,
        states[0],
        List.of(),
        Stream.of(states).map(state -> state(state, every)).toList(),
        List.of(),
        List.of(),
        false,
        List.of(),
        "",
        null);
  }

  private static StateDefinition state(String name, @Nullable Long every) {
    return new StateDefinition(
        name, "decide", List.of(), false, false, true, false, List.of(), every, null, 30, 0,
        List.of());
  }

  private void publish(TypeDefinition... types) {
    get(store().publish(List.of(types), "build-1").map(true));
  }

  @Test
  default void aVersionOfATypeKeepsItsShape() {
    String name = list().type();
    publish(type(name, 1, null, "watched"));
    publish(type(name, 1, 30L, "watched"));
    Refusal refusal =
        Objects.requireNonNull(
            catchThrowableOfType(
                Refusal.class, () -> publish(type(name, 1, 30L, "watched", "gone"))));
    assertThat(refusal.code()).isEqualTo(Refusal.Code.EXISTS);
    assertThat(refusal)
        .hasMessageContaining("type %s version 1 is published with another shape", name)
        .hasMessageContaining("next version")
        .hasMessageContaining("state gone");
    publish(type(name, 2, 30L, "watched", "gone"));
  }

  @Test
  default void aConstraintMayDifferBetweenBuildsOfAVersion() {
    String name = list().type();
    publish(sized(name, null));
    publish(sized(name, "{\"one_of\":[\"small\"]}"));
    publish(sized(name, "{\"max_length\":5}"));
    publish(sized(name, null));
  }

  private TypeDefinition sized(String name, @Nullable String constraints) {
    TypeDefinition type = type(name, 1, null, "watched");
    return new TypeDefinition(
        name,
        1,
        type.queue(),
        type.priority(),
        type.first(),
        List.of(
            new FieldDefinition(
                "size", "text", false, false, null, List.of(), constraints, false, false)),
        type.states(),
        type.tasks(),
        type.children(),
        false,
        type.alarms(),
        "",
        null);
  }

  @Test
  default void whereOneTypeIsRefusedNoneIsPublished() {
    String refused = list().type();
    String other = list().type();
    publish(type(refused, 1, null, "watched"));
    assertThat(
            catchThrowableOfType(
                Refusal.class,
                () -> publish(type(other, 1, null, "one"), type(refused, 1, null, "gone"))))
        .isNotNull();
    publish(type(other, 1, null, "two"));
  }
}
