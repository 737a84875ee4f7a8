package dev.toygun.codec;

import dev.toygun.Field;
import dev.toygun.crypto.FieldSeal.Place;
import java.util.List;
import java.util.UUID;

/**
 * The row that secrets are bound to.
 *
 * @param owner the name of its type, or {@code type/task}
 */
record Row(String owner, UUID uuid) {
  /** Where a field's secrets are sealed. */
  Place place(Field<?> field) {
    return new Place(owner, uuid, field.name());
  }

  /** Where they may have been sealed before the field was renamed. */
  List<Place> formerPlaces(Field<?> field) {
    return field.formerNames().stream().map(old -> new Place(owner, uuid, old)).toList();
  }
}
