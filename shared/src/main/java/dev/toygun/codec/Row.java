package dev.toygun.codec;

import dev.toygun.Field;
import dev.toygun.crypto.FieldSeal.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The row that secrets are bound to.
 *
 * @param owners the name of its type, or {@code type/task}; then its former names
 */
record Row(List<String> owners, UUID uuid) {
  Row {
    owners = List.copyOf(owners);
  }

  /** Where a field's secrets are sealed. */
  Place place(Field<?> field) {
    return new Place(owners.get(0), uuid, field.name());
  }

  /** Where they may have been sealed before something was renamed. */
  List<Place> formerPlaces(Field<?> field) {
    List<Place> places = new ArrayList<>();
    for (String owner : owners) {
      places.add(new Place(owner, uuid, field.name()));
      field.formerNames().forEach(old -> places.add(new Place(owner, uuid, old)));
    }
    return places;
  }
}
