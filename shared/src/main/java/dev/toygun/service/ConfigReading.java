package dev.toygun.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of the settings; it gathers what is wrong instead of stopping at the first. */
final class ConfigReading {
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();

  ConfigReading(Map<String, String> environment) {
    this.environment = environment;
  }

  List<String> problems() {
    return problems;
  }

  /** What is said about each name, with secrets read from their files. */
  Map<String, String> texts(List<Key<?>> needed) {
    Map<String, String> texts = new HashMap<>(file());
    // Within one source NAME and NAME_FILE exclude each other; the environment overrules both.
    for (Key<?> key : Keys.ALL) {
      if (said(environment, key.name()) || said(environment, key.nameOfFile())) {
        texts.remove(key.name());
        texts.remove(key.nameOfFile());
      }
    }
    environment.forEach(
        (name, text) -> {
          if (!text.isBlank()) {
            texts.put(name, text);
          }
        });
    for (Key<?> key : Keys.ALL) {
      if (key.secret()) {
        secretFromFile(key, texts);
      }
    }
    for (Key<?> key : needed) {
      if (!texts.containsKey(key.name())
          && key.standard() == null
          && !broken.contains(key.name())) {
        problems.add(
            "%s is missing: expected %s. %s"
                .formatted(key.name(), key.kind().expected(), key.about()));
      }
    }
    return texts;
  }

  <T> Optional<T> value(Key<T> key, Map<String, String> texts) {
    String text = texts.getOrDefault(key.name(), key.standard());
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(key.kind().reading().read(text.strip()));
    } catch (IllegalArgumentException e) {
      if (key.kind().explains()) {
        problems.add(key.name() + ": " + e.getMessage());
        return Optional.empty();
      }
      String is =
          key.secret() ? "it is not that (the value is not shown)" : "it is \"" + text + '"';
      problems.add("%s: expected %s, but %s".formatted(key.name(), key.kind().expected(), is));
      return Optional.empty();
    }
  }

  private Map<String, String> file() {
    String name = environment.get(Keys.CONFIG.name());
    if (name == null || name.isBlank()) {
      return Map.of();
    }
    List<String> lines = lines(Keys.CONFIG.name(), name);
    Map<String, String> texts = new HashMap<>();
    if (lines == null) {
      return texts;
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String key = equals < 1 ? "" : line.substring(0, equals).strip();
      String where = "%s, line %d: ".formatted(name, i + 1);
      if (!key.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
        problems.add(where + "expected NAME=VALUE, an empty line, or # and a remark");
      } else if (key.startsWith("TOYGUN_") && !known(key)) {
        problems.add(where + "there is no setting " + key);
      } else if (texts.put(key, line.substring(equals + 1).strip()) != null) {
        problems.add(where + key + " is said twice");
      }
    }
    return texts;
  }

  private void secretFromFile(Key<?> key, Map<String, String> texts) {
    String file = texts.get(key.nameOfFile());
    if (file == null || file.isBlank()) {
      return;
    }
    if (texts.containsKey(key.name())) {
      problems.add("%s and %s are both said".formatted(key.name(), key.nameOfFile()));
      broken.add(key.name());
      return;
    }
    List<String> lines = lines(key.nameOfFile(), file);
    if (lines == null) {
      broken.add(key.name());
      return;
    }
    String text = String.join("\n", lines).strip();
    if (text.isEmpty()) {
      problems.add("%s: the file %s is empty".formatted(key.nameOfFile(), file));
      broken.add(key.name());
      return;
    }
    texts.put(key.name(), text);
  }

  private @Nullable List<String> lines(String setting, String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      problems.add(
          "%s: cannot read the file %s (%s)"
              .formatted(setting, file, e.getClass().getSimpleName()));
      return null;
    }
  }

  private static boolean said(Map<String, String> environment, String name) {
    String text = environment.get(name);
    return text != null && !text.isBlank();
  }

  private static boolean known(String name) {
    return Keys.ALL.stream()
        .anyMatch(
            key -> key.name().equals(name) || (key.secret() && key.nameOfFile().equals(name)));
  }
}
