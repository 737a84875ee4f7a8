package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A move from one state to another.
 *
 * @param json the whole of it
 */
public record Move(JsonNode json) implements Answer {
  /** Its number, from 1 on. */
  public long step() {
    return Part.number(json, "step");
  }

  /** The state before. */
  public String from() {
    return Part.text(json, "from");
  }

  /** The state after. */
  public String to() {
    return Part.text(json, "to");
  }

  /** Why, in a word. */
  public String cause() {
    return Part.text(json, "cause");
  }

  /** Who asked for it. */
  public String actor() {
    return Part.text(json, "actor");
  }

  /** What there is to say of it. */
  public String message() {
    return Part.text(json, "message");
  }

  /** When. */
  public Instant at() {
    return Part.time(json, "at");
  }
}
