package dev.toygun.store;

import dev.toygun.codec.Decorated;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stored fields of a machine, read and changed by the fields that its type declares. */
public final class FieldValues {
  private FieldValues() {}

  /** What is stored, each field under its present name; of its former ones the first counts. */
  public static Map<String, @Nullable Object> stored(List<FieldDefinition> declared, String attrs) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(Decorated.parseFields(attrs));
    for (FieldDefinition field : declared) {
      for (String former : field.formerly()) {
        if (values.containsKey(former) && !values.containsKey(field.name())) {
          values.put(field.name(), values.remove(former));
        }
      }
    }
    return values;
  }

  /**
   * What is stored once some fields have other values.
   *
   * @param sent the new values by name, null for none; of names that are declared
   */
  public static Operations.NewAttrs with(
      List<FieldDefinition> declared, String attrs, Map<String, @Nullable Object> sent) {
    Map<String, @Nullable Object> values = stored(declared, attrs);
    List<String> changed = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (FieldDefinition field : declared) {
      if (sent.containsKey(field.name())) {
        field.formerly().forEach(values::remove);
        Object now = sent.get(field.name());
        Object before = values.put(field.name(), now);
        if (!Objects.equals(before, now)) {
          changed.add(field.name());
          said.add(FieldText.change(field, before, now));
        }
      }
    }
    return new Operations.NewAttrs(
        Decorated.formatFields(values), changed, FieldText.changes(said));
  }
}
