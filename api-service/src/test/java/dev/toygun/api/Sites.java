package dev.toygun.api;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sites and what is below them, as rows that no worker has written. */
final class Sites {
  private final ApiRig rig;
  private int made;

  Sites(ApiRig rig) {
    this.rig = rig;
    ApiRig.await(rig.store.publish(List.of(type("site"), type("db")), "build-1"));
  }

  /** It is made by a task that may fail five times, and rests once that is done. */
  private static TypeDefinition type(String name) {
    return new TypeDefinition(
        name,
        1,
        "default",
        Priority.NORMAL,
        "making",
        List.of(),
        List.of(state("making", false, 0), state("made", true, 0)),
        List.of(
            new TaskDefinition(
                "provision",
                false,
                false,
                false,
                false,
                false,
                null,
                "create",
                List.of(),
                List.of(state("create", false, 5)),
                "",
                null,
                null,
                false)),
        List.of("db"),
        false,
        List.of(),
        "",
        null);
  }

  private static StateDefinition state(String name, boolean rests, int retries) {
    return new StateDefinition(
        name,
        "blocking",
        List.of(),
        true,
        false,
        rests,
        false,
        List.of(),
        null,
        null,
        30,
        retries,
        List.of());
  }

  /** A resource in this state, that is due at no time. */
  String resource(String type, String state, @Nullable String parent) {
    String uuid = rig.time.uuid().toString();
    String above =
        parent == null ? "'{}'" : "(select path || uuid from resources where uuid = '%s')";
    rig.execute(
        """
        insert into resources (uuid, parent_uuid, path, label, type, schema_version, state, step, entered)
        values ('%s', %s, %s, '%s-%d', '%s', 1, '%s', 1, 1)
        """
            .formatted(
                uuid,
                parent == null ? "null" : "'" + parent + "'",
                above.formatted(parent),
                type,
                made++,
                type,
                state));
    return uuid;
  }

  /** A run of its task, in this state; what else is set of it follows. */
  String task(String resource, String state, String set) {
    String uuid = rig.time.uuid().toString();
    rig.execute(
        """
        insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step, entered, started_by, cause)
        select uuid, '%2$s', 'provision', (select 1 + count(*) from tasks where resource_uuid = '%1$s'),
               type, 1, '%3$s', 1, 1, 'x', 'api'
          from resources where uuid = '%1$s';
        insert into transitions (resource_uuid, subject_uuid, step, at, from_state, to_state, cause, actor, message, worker, build)
        values ('%1$s', '%2$s', 1, '2026-11-01T10:02:11Z', '__new__', '%3$s', 'api', 'x', 'plan small', 'w', 'b');
        update tasks set %4$s where uuid = '%2$s'
        """
            .formatted(resource, uuid, state, set));
    return uuid;
  }

  /** The same, three tries of which have failed. */
  String failing(String resource, String dueAt) {
    String error = rig.time.uuid().toString();
    String task =
        task(resource, "create", "tries = 3, error = '%s', due_at = %s".formatted(error, dueAt));
    rig.execute(
        """
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, state, step, try, worker, build)
        values ('%s', '%s', '%s', 'ConnectException', 'refused', 'create', 1, 3, 'w', 'b')
        """
            .formatted(error, resource, task));
    return task;
  }

  /** A run that a person stopped. */
  String stopped(String resource) {
    return task(
        resource,
        "__stop__",
        "active = false, ended_at = now(), outcome = 'stopped', waits = false");
  }

  String label(String resource) {
    return rig.rows("select label from resources where uuid = '" + resource + "'").get(0);
  }
}
