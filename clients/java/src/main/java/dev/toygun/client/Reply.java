package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back. */
final class Reply {
  private final int status;
  private final String retryAfter;
  private final byte[] body;

  /**
   * @param retryAfter as it was sent, or empty
   */
  Reply(int status, String retryAfter, byte[] body) {
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
  }

  int status() {
    return status;
  }

  /** After which time it is worth asking again; null where nobody said. */
  @Nullable Duration retryAfter() {
    return retryAfter.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : null;
  }

  /** What it says; missing where it says nothing. */
  JsonNode json() {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return Json.read(body);
    } catch (IllegalArgumentException e) {
      throw new ToygunException(
          "the API answered %d with something that is no JSON: is it the API?".formatted(status));
    }
  }

  /** What it says of what went wrong; missing where that is a proxy's page. */
  JsonNode problem() {
    try {
      return Json.read(body);
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }
}
