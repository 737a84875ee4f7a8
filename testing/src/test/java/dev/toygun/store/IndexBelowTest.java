package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Views.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an index finds below a root. */
class IndexBelowTest extends IndexRig {
  /** A key may be for one tree only: what an index finds in others is not for it. */
  @Test
  void whoAsksBelowARootFindsWhatIsBelowItAlone() {
    ListName list = list();
    List<UUID> roots = List.of(with(list, null).uuid(), with(list, null).uuid());
    for (UUID root : roots) {
      for (int i = 0; i < 3; i++) {
        postgres.execute(
            "update resources set parent_uuid = '%1$s', path = array['%1$s'::uuid] where uuid = '%2$s'"
                .formatted(root, with(list, "i-1").uuid()));
      }
    }
    roots.forEach(root -> assertThat(below(list, root)).containsOnly(3).hasSize(8));
    indexed(list, 1, "outside");
    written();
    while (!postgres.rows("select from indexed_fields where state <> 'ready'").isEmpty()) {
      written();
    }
    roots.forEach(root -> assertThat(below(list, root)).containsOnly(3).hasSize(8));
    postgres.execute("delete from field_index");
    assertThat(below(list, roots.get(0))).as("they went by the index").containsOnly(0);
  }

  /** How many of a value each list below a root finds. */
  private List<Integer> below(ListName list, UUID root) {
    List<Integer> found = new ArrayList<>();
    for (Order order : Order.values()) {
      for (String way : List.of("FEW_BY_", "MANY_BY_")) {
        String sql = Objects.requireNonNull(Statements.all().get("NarrowedSql." + way + order));
        String fields = asked("i-1", "outside");
        found.add(
            postgres
                .rows(
                    sql,
                    list.type(),
                    null,
                    null,
                    null,
                    null,
                    fields,
                    false,
                    null,
                    null,
                    10,
                    null,
                    null,
                    root)
                .size());
      }
    }
    return found;
  }
}
