package dev.toygun.store;

import java.util.UUID;

/**
 * A run to begin, judged under the resource's lock against the latest run of this name.
 *
 * @param uuid of the new run
 * @param ensure whether a run that was stopped or aborted stays the last one
 * @param paced whether it starts no sooner than 1 s after the last one ended, doubling to 5 min
 *     while runs live under a minute: for what a decide begins without a move
 * @param args what it is started with, as decorated JSON
 * @param attrs its fields to begin with
 */
public record TaskStart(
    UUID uuid,
    String name,
    boolean ensure,
    boolean paced,
    String args,
    String attrs,
    ListName list,
    String startedBy) {
  /** The same with other fields to begin with. */
  TaskStart with(String fields) {
    return new TaskStart(uuid, name, ensure, paced, args, fields, list, startedBy);
  }
}
