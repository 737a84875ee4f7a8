package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition.StateDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A state that was renamed, and resources that rest in it under its former name. */
class RenamedStatesTest {
  private static StateDefinition calm() {
    return new StateDefinition(
        "calm",
        "decide",
        List.of(),
        false,
        false,
        true,
        false,
        List.of(),
        null,
        null,
        30,
        0,
        List.of("quiet"));
  }

  @Test
  void whoRestsUnderAFormerNameRests() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ListName list = postgres.list();
      postgres.get(
          postgres
              .store()
              .publish(
                  List.of(
                      new TypeDefinition(
                          list.type(),
                          list.version(),
                          "default",
                          Priority.NORMAL,
                          "calm",
                          List.of(),
                          List.of(calm()),
                          List.of(),
                          List.of(),
                          false,
                          List.of(),
                          "",
                          null)),
                  "build-1"));
      for (String name : List.of("calm", "quiet", "gone")) {
        ResourceRow row = postgres.root(list);
        postgres.done(row.key(), d -> d.enter(name, null, false));
        postgres.rest(row.key());
        Liveness.Reason reason =
            name.equals("gone") ? Liveness.Reason.LEFT_OVER : Liveness.Reason.RESTING;
        Database database = postgres.store().database();
        assertThat(postgres.get(new Explanations(database).of(row.uuid(), null)))
            .as(name)
            .extracting(Explained::reason)
            .containsExactly(reason);
      }
      Accounts.Account all = postgres.get(new Liveness(postgres.store().database()).account());
      assertThat(all.counts())
          .as("with the system itself")
          .containsEntry(Liveness.Reason.RESTING, 3L);
      assertThat(all.leftOver()).hasSize(1);
    }
  }
}
