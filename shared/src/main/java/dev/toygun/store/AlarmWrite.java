package dev.toygun.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alarm to open, or to close, in the same commit.
 *
 * @param name {@code panic}, {@code timeout} …; at most one not closed for each subject and name
 * @param error what opened it; null closes it
 */
public record AlarmWrite(String name, @Nullable UUID error) {
  public boolean opens() {
    return error != null;
  }
}
