package dev.toygun.store;

import java.util.UUID;

/**
 * A resource to make, unless an active one with this parent, type and label is there.
 *
 * @param attrs its fields, as decorated JSON
 * @param state {@code __new__}, or the state in which something that exists is taken over
 */
public record ChildCreate(UUID uuid, String label, String attrs, ListName list, String state) {
  /** What is answered where there is one. */
  public Refusal exists() {
    return new Refusal(
        Refusal.Code.EXISTS,
        "another %s labelled '%s' is there already".formatted(list.type(), label));
  }
}
