package dev.toygun.store;

import java.util.UUID;

/**
 * A resource to make, unless an active one with this parent, type and label is there.
 *
 * @param attrs its fields, as decorated JSON
 * @param state {@code __new__}, or the state in which something that exists is taken over
 */
public record ChildCreate(UUID uuid, String label, String attrs, ListName list, String state) {}
