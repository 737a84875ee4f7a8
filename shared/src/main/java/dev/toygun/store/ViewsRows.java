package dev.toygun.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.toygun.Availability;
import dev.toygun.End;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records of the rows that {@link ViewsSql} selects. */
final class ViewsRows {
  /* A worker that is newer than this process may publish more than it knows. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ViewsRows() {}

  static Views.PublishedType type(Row row) {
    return new Views.PublishedType(
        definition(text(row, "definition")),
        List.of(row.getArrayOfIntegers("versions")),
        List.of(row.getArrayOfStrings("builds")),
        time(row, "last_seen"));
  }

  static TypeDefinition definition(String published) {
    try {
      return JSON.readValue(published, TypeDefinition.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a published type cannot be read: is this process older than the workers?", e);
    }
  }

  static ResourceRow resource(Row row) {
    return new ResourceRow(
        uuid(row, "uuid"),
        row.getUUID("parent_uuid"),
        List.of(row.getArrayOfUUIDs("path")),
        text(row, "label"),
        machine(row, null),
        ResourceRow.Deleting.valueOf(text(row, "deleting").toUpperCase(Locale.ROOT)),
        new Observed(
            Availability.ofStored(text(row, "availability")),
            row.getInteger("misses"),
            time(row, "planned_until"),
            List.of(row.getArrayOfStrings("observers"))));
  }

  /** {@code type, label, active, path}, and the uuid in this column. */
  static Place place(Row row, String uuid) {
    return new Place(
        uuid(row, uuid),
        text(row, "type"),
        text(row, "label"),
        row.getBoolean("active"),
        List.of(row.getArrayOfUUIDs("path")));
  }

  static TaskRow task(Row row) {
    String outcome = row.getString("outcome");
    return new TaskRow(
        new SubjectKey(uuid(row, "resource_uuid"), uuid(row, "uuid")),
        text(row, "name"),
        row.getLong("run"),
        machine(row, time(row, "run_deadline_at")),
        outcome == null ? null : End.ofStored(outcome),
        text(row, "args_text"),
        text(row, "started_by"),
        Cause.ofStored(text(row, "cause")),
        row.getInteger("streak"),
        Admission.ofStored(row.getString("admission")));
  }

  private static MachineRow machine(Row row, @Nullable Instant runDeadlineAt) {
    return new MachineRow(
        text(row, "state"),
        row.getLong("step"),
        row.getLong("version"),
        row.getLong("wakes"),
        row.getLong("entered"),
        row.getInteger("tries"),
        row.getString("resume"),
        text(row, "attrs_text"),
        list(row),
        time(row, "due_at"),
        row.getInteger("every_s"),
        time(row, "deadline_at"),
        runDeadlineAt,
        row.getBoolean("waits"),
        row.getBoolean("active"),
        row.getUUID("error"),
        at(row, "created_at"),
        at(row, "updated_at"),
        time(row, "ended_at"));
  }

  static Views.Moved moved(Row row) {
    return new Views.Moved(
        new Transition(
            row.getLong("step"),
            text(row, "from_state"),
            text(row, "to_state"),
            text(row, "message"),
            row.getUUID("error"),
            List.of(row.getArrayOfStrings("changed"))),
        text(row, "cause"),
        text(row, "actor"),
        text(row, "worker"),
        text(row, "build"),
        row.getString("trace"),
        at(row, "at"));
  }

  private static ListName list(Row row) {
    return new ListName(
        text(row, "queue"),
        text(row, "type"),
        row.getInteger("schema_version"),
        row.getShort("priority"));
  }

  static Views.Node node(Row row) {
    return new Views.Node(
        uuid(row, "uuid"),
        list(row),
        text(row, "label"),
        row.getUUID("parent_uuid"),
        List.of(row.getArrayOfUUIDs("path")),
        row.getInteger("depth"),
        text(row, "state"),
        row.getBoolean("active"),
        row.getBoolean("leaves"),
        Availability.ofStored(text(row, "availability")),
        text(row, "alarms"));
  }

  static Views.Noted noted(Row row) {
    return new Views.Noted(
        row.getLong("step"),
        text(row, "message"),
        text(row, "cause"),
        text(row, "actor"),
        text(row, "worker"),
        at(row, "at"));
  }

  static ErrorOf error(Row row) {
    ErrorRow error =
        new ErrorRow(
            uuid(row, "uuid"),
            new SubjectKey(uuid(row, "resource_uuid"), uuid(row, "subject_uuid")),
            text(row, "kind"),
            text(row, "message"),
            text(row, "attrs_text"),
            row.getString("stack"),
            row.getString("stack_hash"),
            text(row, "state"),
            row.getLong("step"),
            row.getInteger("try"),
            text(row, "worker"),
            text(row, "build"),
            at(row, "at"),
            row.getString("breaker"));
    return new ErrorOf(error, row.getString("type"), row.getString("label"), row.getString("task"));
  }

  static Views.AlarmRow alarm(Row row) {
    return new Views.AlarmRow(
        uuid(row, "uuid"),
        new SubjectKey(uuid(row, "resource_uuid"), uuid(row, "subject_uuid")),
        text(row, "type"),
        text(row, "label"),
        text(row, "name"),
        row.getString("task"),
        text(row, "state"),
        row.getLong("version"),
        text(row, "severity"),
        text(row, "message"),
        row.getUUID("error"),
        row.getString("acknowledged"),
        time(row, "snoozed_until"),
        row.getUUID("under"),
        row.getString("runbook"),
        at(row, "created_at"),
        time(row, "opened_at"),
        at(row, "updated_at"),
        time(row, "ended_at"));
  }

  static Views.DeliveryRow delivery(Row row) {
    return new Views.DeliveryRow(
        uuid(row, "uuid"),
        row.getUUID("alarm_uuid"),
        row.getUUID("error_uuid"),
        row.getString("name"),
        text(row, "sink"),
        text(row, "event"),
        text(row, "state"),
        row.getInteger("tries"),
        time(row, "due_at"),
        row.getString("last_error"),
        at(row, "created_at"),
        time(row, "sent_at"));
  }

  static ErrorGroup errorGroup(Row row) {
    return new ErrorGroup(
        text(row, "kind"),
        row.getString("stack_hash"),
        row.getLong("n"),
        row.getLong("resources"),
        at(row, "first_at"),
        at(row, "last_at"),
        uuid(row, "last_uuid"),
        text(row, "message"));
  }

  static Views.HopRow hop(Row row) {
    return new Views.HopRow(
        row.getInteger("level"),
        uuid(row, "resource_uuid"),
        row.getString("decision"),
        row.getString("reason"),
        at(row, "at"),
        time(row, "due_at"),
        time(row, "decided_at"));
  }

  static Teardown teardown(Row row) {
    return new Teardown(
        row.getLong("walked"),
        text(row, "token"),
        new Teardown.Part(row.getLong("resources"), text(row, "resource_items")),
        new Teardown.Part(row.getLong("tasks"), text(row, "task_items")),
        new Teardown.Part(row.getLong("alarms"), text(row, "alarm_items")));
  }

  static Views.Child child(Row row) {
    return new Views.Child(
        uuid(row, "uuid"), text(row, "type"), text(row, "label"), text(row, "state"));
  }

  static ApiKeys.Key key(Row row) {
    return new ApiKeys.Key(
        uuid(row, "uuid"),
        text(row, "name"),
        text(row, "prefix"),
        text(row, "role"),
        text(row, "created_by"),
        at(row, "created_at"),
        time(row, "expires_at"),
        time(row, "last_used_at"),
        time(row, "revoked_at"),
        text(row, "scopes"));
  }

  private static UUID uuid(Row row, String column) {
    return Objects.requireNonNull(row.getUUID(column), column);
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }

  private static Instant at(Row row, String column) {
    return Objects.requireNonNull(time(row, column), column);
  }

  private static @Nullable Instant time(Row row, String column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }
}
