package dev.toygun.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run to begin where nothing stands in its way, on a resource that nobody need have looked at.
 *
 * @param uuid of the new run
 * @param type which the resource has to be of, in this version
 * @param queue null for the resource's; so is priority
 * @param attrs its fields to begin with, as decorated JSON; so is what it is started with
 * @param entry written into the audit in the same commit; null for none
 */
public record PlainStart(
    UUID resource,
    UUID uuid,
    String name,
    String type,
    int version,
    @Nullable String queue,
    @Nullable Integer priority,
    String attrs,
    String args,
    String startedBy,
    Audit.@Nullable Entry entry) {

  /** The same start, on the list that it names. */
  public static PlainStart of(UUID resource, TaskStart start) {
    ListName list = start.list();
    return new PlainStart(
        resource,
        start.uuid(),
        start.name(),
        list.type(),
        list.version(),
        list.queue(),
        list.priority(),
        start.attrs(),
        start.args(),
        start.startedBy(),
        null);
  }
}
