package dev.toygun.testing.contract;

import dev.toygun.BuiltIn;
import dev.toygun.Priority;
import dev.toygun.codec.Decorated;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.ListName;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the tests of indexed fields make and fill some. */
public interface IndexFixture extends BulkFixture {
  /** Publishes a type with an indexed field that has this name, and had those before. */
  default void indexed(ListName list, int version, String... names) {
    FieldDefinition field =
        new FieldDefinition(
            names[0],
            "text",
            false,
            false,
            null,
            List.of(names).subList(1, names.length),
            null,
            false,
            true);
    TypeDefinition plain = definition(list, List.of());
    TypeDefinition type =
        new TypeDefinition(
            list.type(),
            version,
            "default",
            Priority.NORMAL,
            "first",
            List.of(field),
            plain.states(),
            plain.tasks(),
            List.of(),
            false,
            List.of(),
            "",
            null);
    get(store().publish(List.of(type), "build-1").map(true));
  }

  /** What clocks do until nothing more is to be done at once. */
  default void written() {
    get(store().indexes().declare());
    while (get(store().indexes().fill(100))) {}
  }

  /** A resource with this in its field; null for nothing. */
  default ResourceRow with(ListName list, @Nullable String outside) {
    return get(
        store()
            .insert(
                new ChildCreate(
                    uuid(),
                    "r" + MADE.incrementAndGet(),
                    outside == null ? "{}" : outside(outside),
                    list,
                    BuiltIn.NEW),
                operator()));
  }

  /** Fields with this in the one that is indexed. */
  default String outside(String value) {
    return Decorated.format(Map.of("outside", value, "other", "i-1"));
  }

  /** The filter by a field of these names. */
  default String asked(String value, String... names) {
    Map<String, @Nullable Object> asked = new HashMap<>();
    asked.put("names", List.of(names));
    asked.put("is", value);
    asked.put("unset", null);
    return Decorated.format(List.of(asked));
  }
}
