package dev.toygun.api;

import dev.toygun.Availability;
import dev.toygun.BuiltIn;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a list is narrowed to.
 *
 * @param note what is unusual of it, so that it may be a slip; null where nothing is
 */
record Filters(
    @Nullable String label,
    @Nullable List<String> states,
    @Nullable UUID parent,
    @Nullable Availability availability,
    String fields,
    @Nullable String note) {

  static Filters read(List<String> sent, TypeDefinition type, Fields fields) {
    Map<String, String> by = new LinkedHashMap<>();
    Map<String, String> ofFields = new LinkedHashMap<>();
    for (String one : sent) {
      int equals = one.indexOf('=');
      String name = equals < 0 ? one : one.substring(0, equals);
      String value = equals < 0 ? "" : one.substring(equals + 1);
      boolean ofField = name.startsWith("fields.");
      boolean known = List.of("label", "state", "parent", "availability").contains(name);
      if (equals < 0 || !(ofField || known)) {
        throw bad(
            equals >= 0 && type.field(name).isPresent()
                ? "'%s' is a field: write fields.%s".formatted(name, one)
                : "'%s' is none: write label=, state=, parent=, availability= or fields.NAME="
                    .formatted(one));
      }
      Map<String, String> into = ofField ? ofFields : by;
      if (into.put(ofField ? name.substring(7) : name, value) != null) {
        throw bad("%s is given more than once".formatted(name));
      }
    }
    @Nullable String parent = by.get("parent");
    @Nullable String state = by.get("state");
    return new Filters(
        by.get("label"),
        state == null ? null : type.names(state),
        parent == null ? null : Parameters.uuid("filter", parent),
        availability(by.get("availability")),
        fields.filter(type, ofFields),
        note(type, state, ofFields));
  }

  private static @Nullable String note(
      TypeDefinition type, @Nullable String state, Map<String, String> ofFields) {
    List<String> said = new ArrayList<>(Fields.unusual(type, ofFields));
    if (state != null
        && !BuiltIn.reserved(state)
        && StateDefinition.names(type.states(), state).isEmpty()) {
      said.add(
          "state: one of %s is expected, not '%s'"
              .formatted(type.states().stream().map(StateDefinition::name).toList(), state));
    }
    return said.isEmpty() ? null : String.join("; ", said);
  }

  private static @Nullable Availability availability(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (Availability one : Availability.values()) {
      if (one.stored().equals(text)) {
        return one;
      }
    }
    throw bad("availability is one of unknown, online, uncertain, offline, known_offline");
  }

  static Problem bad(String detail) {
    return new Problem(
        400,
        "bad_parameter",
        "filter: " + detail,
        List.of(new Problem.Wrong("filter", detail)),
        Map.of());
  }
}
