package dev.toygun;

import java.util.Optional;
import java.util.UUID;

/**
 * A machine that has panicked, as a handler sees it.
 *
 * @param resource the resource that panicked, or whose task did
 * @param task the task; empty where the resource itself panicked
 * @param state the state it panicked in
 * @param retries how often handlers have retried it in this state since it last moved by itself
 */
public record Panicked(
    UUID resource, String type, String label, Optional<TaskName> task, String state, int retries) {}
