package dev.toygun.store;

import java.time.Instant;
import java.util.UUID;

/**
 * A signal that was not consumed, as it is stored.
 *
 * @param attrs what it carries, as decorated JSON
 */
public record SignalRow(
    UUID uuid, SubjectKey subject, String type, String attrs, String from, Instant sentAt) {

  /** What its secrets are sealed for, instead of a resource's type. */
  public static String sealedFor(String type) {
    return "signal/" + type;
  }
}
