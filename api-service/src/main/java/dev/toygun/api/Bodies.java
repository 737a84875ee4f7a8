package dev.toygun.api;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads bodies, and holds them against the contract. */
final class Bodies {
  static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions()
          .setBaseUri("app://toygun")
          .setDraft(Draft.DRAFT202012)
          .setOutputFormat(OutputFormat.Basic);

  static final String JSON = "application/json";
  static final String DECORATED = "application/decorated-json";
  static final String EVENTS = "text/event-stream";

  private static final Pattern MISSING =
      Pattern.compile("Instance does not have required property \"(.*)\"");

  private Bodies() {}

  /** The media type without its parameters, in lower case. */
  static String mediaType(String header) {
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
  }

  /** The body as an object; an empty one where none is needed. */
  static JsonObject read(Contract.Body expected, @Nullable Buffer sent) {
    if (sent == null || sent.length() == 0) {
      if (expected.required()) {
        throw Problem.badRequest("no_body", "the request needs a body: a JSON object");
      }
      return new JsonObject();
    }
    Object value;
    try {
      value = ExactJson.read(sent);
    } catch (DecodeException e) {
      throw Problem.badRequest("bad_json", what(e) + where(e));
    }
    if (!(value instanceof JsonObject object)) {
      throw Problem.badRequest("bad_json", "the body has to be a JSON object");
    }
    List<Problem.Wrong> wrong = wrong(expected.validator(), object);
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    return object;
  }

  private static String what(DecodeException e) {
    return e.getCause() instanceof StreamConstraintsException
        ? "the body is nested too deep, or has a number of more than 1,000 digits, or with an"
            + " exponent beyond 1,000"
        : "the body is no JSON";
  }

  /** Where a reader stopped, without what it read, which may be secret. */
  private static String where(DecodeException e) {
    @Nullable Throwable cause = e.getCause();
    if (cause instanceof com.fasterxml.jackson.core.JsonProcessingException json
        && json.getLocation() != null) {
      return " (line %d, column %d)"
          .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
    }
    return "";
  }

  /** Everything that a schema finds wrong. */
  static List<Problem.Wrong> wrong(Validator validator, Object value) {
    OutputUnit unit = validator.validate(value);
    if (Boolean.TRUE.equals(unit.getValid())) {
      return List.of();
    }
    List<Problem.Wrong> all = new ArrayList<>();
    List<OutputUnit> found = unit.getErrors() == null ? List.of() : unit.getErrors();
    // Each is held against each other, and a body may have a hundred thousand.
    List<OutputUnit> errors = found.subList(0, Math.min(found.size(), Problem.MOST_WRONG));
    for (OutputUnit error : errors) {
      if (errors.stream().noneMatch(other -> saysMore(other, error))) {
        all.add(wrong(error, value));
      }
    }
    if (found.size() > errors.size()) {
      all.add(new Problem.Wrong("", "and there is more: mend these first"));
    }
    return all.isEmpty()
        ? List.of(new Problem.Wrong("", "does not fit the contract"))
        : List.copyOf(all);
  }

  /*
   * The innermost error says most: those around it only say that it is there. A property that is
   * wrong in itself is also reported as one that is not declared.
   */
  private static boolean saysMore(OutputUnit other, OutputUnit error) {
    if (other == error) {
      return false;
    }
    String in = other.getInstanceLocation();
    String out = error.getInstanceLocation();
    if (undeclared(error)) {
      return !undeclared(other) && (in.equals(out) || in.startsWith(out + "/"));
    }
    return in.startsWith(out)
        && other.getKeywordLocation().startsWith(error.getKeywordLocation())
        && other.getKeywordLocation().length() > error.getKeywordLocation().length();
  }

  private static boolean undeclared(OutputUnit error) {
    return error.getKeywordLocation().endsWith("/additionalProperties");
  }

  private static Problem.Wrong wrong(OutputUnit error, Object body) {
    String pointer = pointer(error.getInstanceLocation());
    String said = String.valueOf(error.getError());
    if (undeclared(error)) {
      String name = pointer.substring(pointer.lastIndexOf('/') + 1);
      return new Problem.Wrong(
          pointer,
          "there is no '%s' in the contract: see /openapi.json for what there is".formatted(name));
    }
    Matcher missing = MISSING.matcher(said);
    if (missing.matches()) {
      return new Problem.Wrong(pointer + "/" + missing.group(1), "it is needed, and is not there");
    }
    return new Problem.Wrong(
        pointer, Expected.of(said, () -> JsonPointer.from(pointer).queryJson(body)));
  }

  private static String pointer(String location) {
    return location.startsWith("#") ? location.substring(1) : location;
  }

  /** A time in a body; null where there is none. Fails with a problem 422 where it is none. */
  static @Nullable Instant time(JsonObject body, String name) {
    String text = body.getString(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Problem.invalid(
          List.of(new Problem.Wrong("/" + name, "a time of the calendar is expected")));
    }
  }
}
