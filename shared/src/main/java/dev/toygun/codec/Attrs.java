package dev.toygun.codec;

import dev.toygun.BuiltIn;
import dev.toygun.Field;
import dev.toygun.crypto.FieldSeal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stored fields of one row. Immutable; for one thread. The text is cut once, a value is read
 * when it is asked for, and what nobody asks for stays the bytes it was.
 */
public final class Attrs {
  /** Where unknown stored keys are kept: never dropped, and never read as fields. */
  public static final String LOST_FOUND = "__lost_found__";

  private final Codec codec;
  private final Collection<Field<?>> declared;
  private final Row row;
  private final Map<String, String> members;
  private final Set<String> changed;
  private final @Nullable String text;
  private final Consumer<Object> opened;
  private final Map<Field<?>, Optional<?>> read = new HashMap<>();
  private final Map<Field<?>, Optional<?>> initial = new HashMap<>();

  private Attrs(Attrs before, Map<String, String> members, Set<String> changed) {
    this(before.codec, before.declared, before.row, members, changed, null, before.opened);
  }

  Attrs(
      Codec codec,
      Collection<Field<?>> declared,
      Row row,
      Map<String, String> members,
      Set<String> changed,
      @Nullable String text,
      Consumer<Object> opened) {
    this.codec = codec;
    this.declared = declared;
    this.row = row;
    this.members = members;
    this.changed = changed;
    this.text = text;
    this.opened = opened;
  }

  /**
   * The field's stored value; its initial one, and its constraints, are not looked at.
   *
   * @throws BadField if what is stored is of another type, or does not pass the field's check
   */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> find(Field<T> field) {
    return (Optional<T>) read.computeIfAbsent(field, f -> decode(field));
  }

  /**
   * The field's stored value, or else its initial one: an object that nobody else has.
   *
   * @throws BadField as {@link #find}
   */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> findOrInitial(Field<T> field) {
    Optional<T> stored = find(field);
    return stored.isPresent()
        ? stored
        : (Optional<T>)
            initial.computeIfAbsent(
                field, f -> field.initial().map(value -> codec.values().copy(field, value, row)));
  }

  /** Whether a value of this field is stored, of whatever type. */
  public boolean has(Field<?> field) {
    return json(field) != null;
  }

  private <T> Optional<T> decode(Field<T> field) {
    String json = json(field);
    if (json == null) {
      return Optional.empty();
    }
    T value = codec.values().decode(field, json, row);
    if (field.type().secret()) {
      opened.accept(value);
    }
    return Optional.of(value);
  }

  private @Nullable String json(Field<?> field) {
    String name = storedName(field);
    String json = name == null ? null : members.get(name);
    return json == null || json.equals("null") ? null : json;
  }

  /**
   * These, with this value; the same where it is the value already, even if that breaks a
   * constraint, which may be newer than it.
   *
   * @throws BadField if the value is of another type, does not pass the field's check, breaks its
   *     constraints, or no such field is declared
   */
  public Attrs with(Field<?> field, Object value) {
    declares(field);
    String json = codec.values().encode(field, value, row);
    if (same(field, value)) {
      return this;
    }
    FieldValues.constrain(field, value);
    return changed(field, json);
  }

  private void declares(Field<?> field) {
    for (Field<?> known : declared) {
      if (known == field
          || (known.name().equals(field.name()) && known.type().equals(field.type()))) {
        return;
      }
    }
    throw new BadField(
        "%s declares no field '%s' of type %s".formatted(row.owner(), field, field.type()));
  }

  /* Read anew: code may have changed in place what it was given before. */
  private boolean same(Field<?> field, Object value) {
    try {
      return members.containsKey(field.name())
          && decode(field).filter(stored -> FieldValues.alike(field, stored, value)).isPresent();
    } catch (IllegalArgumentException | FieldSeal.CannotOpen e) {
      return false; // what nobody can read can be written all the same
    }
  }

  /** These, without this field; the same where it is absent already. */
  public Attrs without(Field<?> field) {
    return storedName(field) == null ? this : changed(field, null);
  }

  private Attrs changed(Field<?> field, @Nullable String json) {
    Map<String, String> after = new LinkedHashMap<>(members);
    field.formerNames().forEach(after::remove);
    if (json == null) {
      after.remove(field.name());
    } else {
      after.put(field.name(), json);
    }
    Set<String> names = new LinkedHashSet<>(changed);
    names.add(field.name());
    return new Attrs(this, after, names);
  }

  /** The names of the fields that were changed since the row was read. */
  public Set<String> changed() {
    return changed;
  }

  /** Required fields that have neither a value nor an initial one. */
  public List<Field<?>> missing() {
    List<Field<?>> missing = new ArrayList<>();
    for (Field<?> field : declared) {
      if (field.isRequired() && field.initial().isEmpty() && find(field).isEmpty()) {
        missing.add(field);
      }
    }
    return missing;
  }

  /** The text to store: the very text that was read, where nothing changed. */
  public String toJson() {
    return text != null && changed.isEmpty() ? text : rewritten();
  }

  /**
   * The text to store, whether or not anything changed: fields under their present names, and what
   * no field is called set apart.
   */
  public String rewritten() {
    Map<String, String> after = new LinkedHashMap<>();
    Map<String, String> lost = new LinkedHashMap<>(0);
    members.forEach(
        (name, json) -> {
          Field<?> field = declaredAs(name);
          if (json.equals("null")) {
            // The same as absent, whatever its name.
          } else if (field != null && name.equals(storedName(field))) {
            after.put(field.name(), json);
          } else if (field == null && BuiltIn.reserved(name)) {
            after.put(name, json);
          } else {
            lost.put(name, json);
          }
        });
    if (!lost.isEmpty()) {
      after.put(LOST_FOUND, codec.found(after.get(LOST_FOUND), lost));
    }
    return codec.stored(after);
  }

  /**
   * The text to store where the row is of another version: as it was read, but what was changed.
   */
  public String amended() {
    return codec.stored(members);
  }

  /** The field that is, or was, called so; null if none ever was. */
  private @Nullable Field<?> declaredAs(String stored) {
    Field<?> former = null;
    for (Field<?> field : declared) {
      if (field.name().equals(stored)) {
        return field;
      }
      if (field.formerNames().contains(stored)) {
        former = field;
      }
    }
    return former;
  }

  /** The name that the field's value is stored under: its present one before any former one. */
  private @Nullable String storedName(Field<?> field) {
    if (members.containsKey(field.name())) {
      return field.name();
    }
    for (String former : field.formerNames()) {
      if (members.containsKey(former)) {
        return former;
      }
    }
    return null;
  }
}
