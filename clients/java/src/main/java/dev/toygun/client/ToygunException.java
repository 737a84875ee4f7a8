package dev.toygun.client;

import org.jspecify.annotations.Nullable;

/** Whatever goes wrong with the API. Its text has no key in it. */
public class ToygunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ToygunException(@Nullable String message) {
    super(message);
  }

  ToygunException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
