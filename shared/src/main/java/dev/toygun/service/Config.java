package dev.toygun.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a process, read and checked once, at its start. What the environment says wins
 * over the file that {@code TOYGUN_CONFIG} names, and that over what is standard.
 */
public final class Config {
  private final Map<String, String> texts;
  private final Map<String, Object> values;

  private Config(Map<String, String> texts, Map<String, Object> values) {
    this.texts = Map.copyOf(texts);
    this.values = Map.copyOf(values);
  }

  /**
   * Reads the settings.
   *
   * @param environment such as {@link System#getenv()}
   * @param needed what has to be said, by the environment or the file
   * @throws BadConfig listing everything that is wrong
   */
  public static Config read(Map<String, String> environment, List<Key<?>> needed) {
    ConfigReading reading = new ConfigReading(environment);
    Map<String, String> texts = reading.texts(needed);
    Map<String, Object> values = new HashMap<>();
    for (Key<?> key : Keys.ALL) {
      reading.value(key, texts).ifPresent(value -> values.put(key.name(), value));
    }
    if (!reading.problems().isEmpty()) {
      throw new BadConfig(reading.problems());
    }
    return new Config(texts, values);
  }

  /** The value of a setting that has a standard one, or that was needed. */
  public <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(() -> new IllegalStateException(key.name() + " was read but never needed"));
  }

  /** The value of a setting, if there is one. */
  @SuppressWarnings("unchecked") // Only what the key's own kind has read is kept under its name.
  public <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) values.get(key.name()));
  }

  /**
   * The same with one value replaced, for a process that decides something itself, such as where
   * the Postgres is that it has started.
   */
  public <T> Config with(Key<T> key, String text) {
    Map<String, String> newTexts = new HashMap<>(texts);
    newTexts.put(key.name(), text);
    Map<String, Object> newValues = new HashMap<>(values);
    newValues.put(key.name(), key.kind().reading().read(text));
    return new Config(newTexts, newValues);
  }

  /**
   * What resource types may ask for: anything that was said, whether Toygun knows the name or not,
   * except what is secret of Toygun itself.
   */
  public Optional<String> ofTypes(String name) {
    boolean ours = Keys.ALL.stream().anyMatch(key -> key.secret() && key.name().equals(name));
    return ours ? Optional.empty() : Optional.ofNullable(texts.get(name));
  }

  /** The names that were said, never the values. */
  @Override
  public String toString() {
    return "Config" + values.keySet();
  }
}
