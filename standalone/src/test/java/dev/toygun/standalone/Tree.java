package dev.toygun.standalone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A piece of YAML. What is not there is empty. */
record Tree(Object value) {
  /** A file that holds one. */
  static Tree read(String file) throws IOException {
    return new Tree(yaml().load(Pages.text(file)));
  }

  /** A file that holds several, with {@code ---} between them. */
  static List<Tree> readAll(String file) throws IOException {
    List<Tree> all = new ArrayList<>();
    yaml().loadAll(Pages.text(file)).forEach(one -> all.add(new Tree(one)));
    return all;
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options));
  }

  Tree at(String... path) {
    Object found = value;
    for (String key : path) {
      @Nullable Object next = found instanceof Map<?, ?> map ? map.get(key) : null;
      found = next == null ? Map.of() : next;
    }
    return new Tree(found);
  }

  List<Tree> items() {
    return value instanceof List<?> list
        ? list.stream().map(Object.class::cast).map(Tree::new).toList()
        : List.of();
  }

  List<String> keys() {
    return value instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  boolean isEmpty() {
    return value instanceof Map<?, ?> map && map.isEmpty();
  }

  String text() {
    return isEmpty() ? "" : String.valueOf(value);
  }

  List<String> texts() {
    return items().stream().map(Tree::text).toList();
  }
}
