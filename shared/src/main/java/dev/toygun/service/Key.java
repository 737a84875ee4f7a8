package dev.toygun.service;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its name, what it may be, what it is where nobody says, and what it is for.
 *
 * @param name the environment variable, and the key in a configuration file
 * @param standard the text of the value where nobody says; null where there is none
 * @param secret whether its value never appears anywhere, and may also come from the file that
 *     {@code NAME_FILE} names
 * @param about what it is for, in a sentence
 */
public record Key<T>(
    String name, Kind<T> kind, @Nullable String standard, boolean secret, String about) {

  public Key {
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(about);
  }

  static <T> Key<T> of(String name, Kind<T> kind, @Nullable String standard, String about) {
    return new Key<>(name, kind, standard, false, about);
  }

  static <T> Key<T> secret(String name, Kind<T> kind, String about) {
    return new Key<>(name, kind, null, true, about);
  }

  /** The name under which a file may be named that holds the value. */
  String nameOfFile() {
    return name + "_FILE";
  }
}
