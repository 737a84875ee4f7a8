package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resources, each with one of all that may hang off it, which a key may or may not see. */
final class Subjects {
  static final String UUIDS = "[0-9a-f]{8}-[0-9a-f-]{27}";

  private final ApiRig rig;
  private final Http admin;
  private int made;

  Subjects(ApiRig rig) {
    this.rig = rig;
    this.admin = rig.as(Role.ADMIN);
  }

  /** A resource, and one of all that may hang off it. */
  record Subject(
      String type,
      String label,
      String uuid,
      String task,
      String alarm,
      String error,
      String hold,
      String bulk) {
    String uuid(String path) {
      return path.startsWith("/v1/tasks")
          ? task
          : path.startsWith("/v1/alarms")
              ? alarm
              : path.startsWith("/v1/errors")
                  ? error
                  : path.startsWith("/v1/holds") ? hold : path.startsWith("/v1/bulk") ? bulk : uuid;
    }

    /** What must not be in the answer of whoever may not see it. */
    List<String> marks() {
      return List.of(label, uuid, task, alarm, error, hold, bulk, "Kind-" + label);
    }

    /** The same where it holds what is asked for: a hold from above says why, and not what. */
    List<String> marksAbove() {
      return List.of(label, uuid, task, alarm, error, bulk, "Kind-" + label);
    }

    /** The path of an operation, of this one. */
    String path(Operation operation) {
      return operation
          .path()
          .replace("{type}", type)
          .replace("{uuid}", uuid(operation.path()))
          .replace("{task}", "monitor")
          .replace("{name}", "none");
    }
  }

  Subject make(String type, @Nullable String parent) {
    String label = "%s-canary-%d-end".formatted(type, made++);
    JsonObject body = ResourcesTest.server(label).put("parent", parent);
    String at = admin.post("/v1/resources/" + type, body).expect(201).header("Location");
    String uuid = at.substring(at.lastIndexOf('/') + 1);
    String task = admin.post(at + "/tasks/monitor", new JsonObject()).expect(202).uuid();
    JsonObject why = new JsonObject().put("reason", "a test");
    String hold = admin.post(at + ":hold", why).expect(201).uuid();
    JsonObject none = BulkRunsTest.bulk("delete", "label=nobody").put("type", type);
    String bulk = admin.post("/v1/bulk", none).expect(201).uuid();
    String alarm = UUID.randomUUID().toString();
    String error = rig.time.uuid().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', '%2$s', 'down', '%3$s', 1, 'open', 1, true, 'error', 'it is down', now());
        insert into usage values (date_trunc('minute', now()), '%3$s', '', '00000000-0000-0000-0000-000000000000', 1, 1, 1, 1)
            on conflict do nothing;
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, stack_hash, state, step, try, worker, build)
        values ('%4$s', '%1$s', '%1$s', 'Kind-%5$s', 'no route', 'abc', 'watched', 1, 1, 'w', 'b');
        """
            .formatted(uuid, alarm, type, error, label));
    return new Subject(type, label, uuid, task, alarm, error, hold, bulk);
  }

  /** What does not exist. */
  Subject nobody(String type) {
    String[] u = Stream.generate(() -> rig.time.uuid().toString()).limit(6).toArray(String[]::new);
    return new Subject(type, "nobody", u[0], u[1], u[2], u[3], u[4], u[5]);
  }

  static Http.Reply ask(Http caller, Operation operation, String path) {
    JsonObject body = AuditedTest.BODIES.get(operation.id());
    return caller.send(operation.method().name(), path, body == null ? null : body.encode());
  }

  /** What a problem says, whatever it is said of. */
  static String said(Http.Reply reply) {
    return reply.body().getString("code")
        + reply.body().getString("detail").replaceAll(UUIDS, "UUID");
  }

  /** The operations that need a role, and do not stream. */
  static Stream<Operation> operations() {
    return Contract.load().operations().stream()
        .filter(operation -> operation.role().isPresent() && !operation.streams());
  }

  /** Whether its path says what it is about. */
  static boolean isSingle(Operation operation) {
    return operation.within() != Within.ALL
        && (operation.path().contains("{type}") || operation.path().contains("{uuid}"));
  }
}
