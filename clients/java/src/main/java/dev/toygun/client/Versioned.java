package dev.toygun.client;

/**
 * What has a version, by which a change can say what it was meant for ({@link Options#ifMatch}).
 */
public interface Versioned {
  /** It grows with each change. */
  long version();

  /** The version as HTTP has it, in quotes. */
  default String etag() {
    return "\"" + version() + "\"";
  }
}
