package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.store.Audit;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.time.Time;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be asked, read and held against the contract: what an operation works from.
 *
 * @param actor null where the operation is open
 * @param target its path, as the audit has it
 * @param makes the uuid of what an Idempotency-Key makes, so that it is made once; null without one
 * @param values what stands in the path and the query
 * @param decorated whether the body is decorated JSON
 * @param shown whether the answer has to be decorated JSON
 */
record Call(
    Operation operation,
    @Nullable Actor actor,
    String trace,
    String remote,
    String target,
    Map<String, Object> values,
    @Nullable String ifMatch,
    @Nullable String idempotencyKey,
    @Nullable UUID makes,
    JsonObject body,
    boolean decorated,
    boolean shown) {

  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})(?:\\.[0-9a-f]+)?\"");

  /** A parameter that the contract requires, or gives a default. */
  String text(String name) {
    return (String) Objects.requireNonNull(values.get(name), name);
  }

  @Nullable String maybe(String name) {
    return (String) values.get(name);
  }

  UUID uuid(String name) {
    return (UUID) Objects.requireNonNull(values.get(name), name);
  }

  @Nullable UUID maybeUuid(String name) {
    return (UUID) values.get(name);
  }

  @Nullable Instant time(String name) {
    return (Instant) values.get(name);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  @Nullable Integer number(String name) {
    Long value = (Long) values.get(name);
    return value == null ? null : value.intValue();
  }

  List<String> texts(String name) {
    Object value = values.get(name);
    return value instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  boolean validateOnly() {
    return flag("validate_only");
  }

  int pageSize() {
    return Objects.requireNonNull(number("page_size"));
  }

  JsonObject object(String name) {
    JsonObject value = body.getJsonObject(name);
    return value == null ? new JsonObject() : value;
  }

  String reason() {
    String sent = body.getString("reason");
    String asked = maybe("reason");
    return sent != null ? sent : asked != null ? asked : "";
  }

  Actor caller() {
    return Objects.requireNonNull(actor, "an open operation asks who calls");
  }

  By by() {
    return new By(Cause.API, caller().stored(), reason(), trace);
  }

  /** The version that the caller knows; empty where any will do. */
  OptionalLong version() {
    if (ifMatch == null || ifMatch.equals("*")) {
      return OptionalLong.empty();
    }
    Matcher tag = ETAG.matcher(ifMatch);
    if (tag.matches()) {
      return OptionalLong.of(Long.parseLong(tag.group(1)));
    }
    throw Problem.badRequest(
        "bad_etag", "If-Match: an ETag is expected as it was given, such as \"3.0a1b2c3d\", or *");
  }

  /** The same, making something of this uuid. */
  Call making(UUID uuid) {
    return new Call(
        operation,
        actor,
        trace,
        remote,
        target,
        values,
        ifMatch,
        idempotencyKey,
        uuid,
        body,
        decorated,
        shown);
  }

  /** The same, with another value of a parameter. */
  Call with(String name, String value) {
    Map<String, Object> others = new HashMap<>(values);
    others.put(name, value);
    return new Call(
        operation,
        actor,
        trace,
        remote,
        target,
        others,
        ifMatch,
        idempotencyKey,
        makes,
        body,
        decorated,
        shown);
  }

  /** The same, of whose names these are within what its caller's key is limited to. */
  Call naming(Set<UUID> within) {
    return new Call(
        operation,
        caller().naming(within),
        trace,
        remote,
        target,
        values,
        ifMatch,
        idempotencyKey,
        makes,
        body,
        decorated,
        shown);
  }

  /** The uuid of what is made. */
  UUID makes(Time time) {
    return makes == null ? time.uuid() : makes;
  }

  /** Its row of the audit, as yet without a status. */
  Audit.Entry entry() {
    boolean ofResource = operation.path().startsWith("/v1/resources/");
    UUID uuid = maybeUuid("uuid");
    return new Audit.Entry(
        caller().stored(),
        caller().role().stored(),
        operation.id(),
        ofResource ? uuid : null,
        ofResource ? null : uuid,
        target,
        true,
        null,
        reason(),
        remote,
        trace,
        audited());
  }

  /** What of its body the audit notes, as the text of a JSON object. */
  private String audited() {
    JsonObject noted = new JsonObject();
    operation.audited().stream()
        .filter(name -> body.getValue(name) != null)
        .forEach(name -> noted.put(name, body.getValue(name)));
    return noted.encode();
  }

  /** What the request is, for comparing it with another under the same Idempotency-Key. */
  String canonical(String method, String uri) {
    return new JsonArray().add(method).add(uri).add(ifMatch).add(decorated).add(body).encode();
  }
}
