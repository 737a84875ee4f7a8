package dev.toygun.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to the database, and by which key it seals what it writes: its connections say
 * so in their name, {@code toygun-worker/1}. So nobody has to be believed to have been restarted.
 *
 * @param service {@code clock}, {@code worker}, {@code api}, or {@code standalone} for all three
 * @param key the key's id; null of an older build, which does not say
 */
public record Sealer(String service, @Nullable Integer key) {
  private static final Pattern NAME =
      Pattern.compile("toygun-(clock|worker|api|standalone)(?:/([0-9]{1,9}))?");

  /** The name of its connections. */
  public String application() {
    return "toygun-" + service + (key == null ? "" : "/" + key);
  }

  /** Who has connections of this name; nothing where it is no service. */
  static Optional<Sealer> of(String application) {
    Matcher name = NAME.matcher(application);
    return name.matches()
        ? Optional.of(
            new Sealer(
                name.group(1), name.group(2) == null ? null : Integer.valueOf(name.group(2))))
        : Optional.empty();
  }

  /** Whether it may seal by this key. */
  public boolean mayUse(int id) {
    return key == null || key == id;
  }
}
