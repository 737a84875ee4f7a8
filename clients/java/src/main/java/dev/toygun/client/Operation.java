package dev.toygun.client;

/*
 * Written by clients/generate.py from openapi.yaml: change that, and run it again.
 */

/** The operations of the contract. */
enum Operation {
  HEALTH("GET", "/health", false, false),
  READY("GET", "/ready", false, false),
  CONTRACT("GET", "/openapi.json", false, false),
  LIST_TYPES("GET", "/v1/types", false, false),
  GET_TYPE("GET", "/v1/types/{type}", false, false),
  LIST_RESOURCES("GET", "/v1/resources/{type}", false, false),
  CREATE_RESOURCE("POST", "/v1/resources/{type}", true, true),
  GET_RESOURCE("GET", "/v1/resources/{type}/{uuid}", false, false),
  CHANGE_RESOURCE("PATCH", "/v1/resources/{type}/{uuid}", true, true),
  DELETE_RESOURCE("DELETE", "/v1/resources/{type}/{uuid}", true, true),
  RESOURCE_HISTORY("GET", "/v1/resources/{type}/{uuid}/history", false, false),
  RESOURCE_TREE("GET", "/v1/resources/{type}/{uuid}/tree", false, false),
  LIST_TASKS("GET", "/v1/resources/{type}/{uuid}/tasks", false, false),
  START_TASK("POST", "/v1/resources/{type}/{uuid}/tasks/{task}", true, true),
  REWIND_RESOURCE("POST", "/v1/resources/{type}/{uuid}:rewind", true, true),
  RETRY_RESOURCE("POST", "/v1/resources/{type}/{uuid}:retry", true, true),
  RESTART_RESOURCE("POST", "/v1/resources/{type}/{uuid}:restart", true, true),
  TICK_RESOURCE("POST", "/v1/resources/{type}/{uuid}:tick", true, true),
  SIGNAL_RESOURCE("POST", "/v1/resources/{type}/{uuid}:signal", true, true),
  PLAN_RESOURCE("POST", "/v1/resources/{type}/{uuid}:plan", false, false),
  REVEAL_RESOURCE("POST", "/v1/resources/{type}/{uuid}:reveal", false, false),
  LIST_RUNS("GET", "/v1/tasks", false, false),
  GET_TASK("GET", "/v1/tasks/{uuid}", false, false),
  TASK_HISTORY("GET", "/v1/tasks/{uuid}/history", false, false),
  EXPLAIN_TASK("GET", "/v1/tasks/{uuid}/explain", false, false),
  STOP_TASK("POST", "/v1/tasks/{uuid}:stop", true, true),
  ABORT_TASK("POST", "/v1/tasks/{uuid}:abort", true, true),
  APPROVE_TASK("POST", "/v1/tasks/{uuid}:approve", true, true),
  RETRY_TASK("POST", "/v1/tasks/{uuid}:retry", true, true),
  REWIND_TASK("POST", "/v1/tasks/{uuid}:rewind", true, true),
  SIGNAL_TASK("POST", "/v1/tasks/{uuid}:signal", true, true),
  REVEAL_TASK("POST", "/v1/tasks/{uuid}:reveal", false, false),
  LIST_ERRORS("GET", "/v1/errors", false, false),
  LIST_ERROR_GROUPS("GET", "/v1/error-groups", false, false),
  GET_ERROR("GET", "/v1/errors/{uuid}", false, false),
  LIST_ALARMS("GET", "/v1/alarms", false, false),
  FOLLOW_EVENTS("GET", "/v1/events", false, false),
  GET_ALARM("GET", "/v1/alarms/{uuid}", false, false),
  ALARM_HISTORY("GET", "/v1/alarms/{uuid}/history", false, false),
  ACKNOWLEDGE_ALARM("POST", "/v1/alarms/{uuid}:ack", true, false),
  SNOOZE_ALARM("POST", "/v1/alarms/{uuid}:snooze", true, false),
  LIFT_ALARM("POST", "/v1/alarms/{uuid}:lift", true, false),
  CLOSE_ALARM("POST", "/v1/alarms/{uuid}:close", true, false),
  IGNORE_ALARM("POST", "/v1/alarms/{uuid}:ignore", true, false),
  UNIGNORE_ALARM("POST", "/v1/alarms/{uuid}:unignore", true, false),
  LIST_QUEUES("GET", "/v1/queues", false, false),
  GET_USAGE("GET", "/v1/usage", false, false),
  LIST_WORKERS("GET", "/v1/workers", false, false),
  LIST_HOLDS("GET", "/v1/holds", false, false),
  CREATE_HOLD("POST", "/v1/holds", true, true),
  RELEASE_HOLD("POST", "/v1/holds/{uuid}:release", true, false),
  LIST_REPAIRS("GET", "/v1/repairs", false, false),
  PROMOTE_REPAIR("POST", "/v1/repairs/{type}/{task}:promote", true, false),
  LIST_BREAKERS("GET", "/v1/breakers", false, false),
  OPEN_BREAKER("POST", "/v1/breakers/{name}:open", true, false),
  CLOSE_BREAKER("POST", "/v1/breakers/{name}:close", true, false),
  HOLD_RESOURCE("POST", "/v1/resources/{type}/{uuid}:hold", true, true),
  RELEASE_RESOURCE("POST", "/v1/resources/{type}/{uuid}:release", true, false),
  ABANDON_RESOURCE("POST", "/v1/resources/{type}/{uuid}:abandon", true, true),
  LIST_BULKS("GET", "/v1/bulk", false, false),
  CREATE_BULK("POST", "/v1/bulk", true, true),
  GET_BULK("GET", "/v1/bulk/{uuid}", false, false),
  LIST_BULK_ITEMS("GET", "/v1/bulk/{uuid}/items", false, false),
  PAUSE_BULK("POST", "/v1/bulk/{uuid}:pause", true, false),
  RESUME_BULK("POST", "/v1/bulk/{uuid}:resume", true, false),
  CANCEL_BULK("POST", "/v1/bulk/{uuid}:cancel", true, false),
  EXPLAIN_RESOURCE("GET", "/v1/resources/{type}/{uuid}/explain", false, false),
  GET_AVAILABILITY("GET", "/v1/resources/{type}/{uuid}/availability", false, false),
  LIST_SINKS("GET", "/v1/sinks", false, false),
  CREATE_SINK("POST", "/v1/sinks", true, true),
  GET_SINK("GET", "/v1/sinks/{name}", false, false),
  CHANGE_SINK("PATCH", "/v1/sinks/{name}", true, true),
  DELETE_SINK("DELETE", "/v1/sinks/{name}", true, false),
  TEST_SINK("POST", "/v1/sinks/{name}:test", true, false),
  LIST_DELIVERIES("GET", "/v1/deliveries", false, false),
  GET_DELIVERY("GET", "/v1/deliveries/{uuid}", false, false),
  RETRY_DELIVERY("POST", "/v1/deliveries/{uuid}:retry", true, false),
  LIST_AUDIT("GET", "/v1/audit", false, false),
  LIST_KEYS("GET", "/v1/keys", false, false),
  CREATE_KEY("POST", "/v1/keys", false, false),
  REVOKE_KEY("POST", "/v1/keys/{uuid}:revoke", false, false);

  private final String method;
  private final String path;
  private final boolean once;
  private final boolean dry;

  Operation(String method, String path, boolean once, boolean dry) {
    this.method = method;
    this.path = path;
    this.once = once;
    this.dry = dry;
  }

  String method() {
    return method;
  }

  /** With its parameters in braces. */
  String path() {
    return path;
  }

  /** Whether it takes an Idempotency-Key. */
  boolean once() {
    return once;
  }

  /** Whether it takes validate_only. */
  boolean dry() {
    return dry;
  }
}
