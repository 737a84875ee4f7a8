package dev.toygun.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every statement constant of the store: the strings of the classes whose name ends in Sql. */
final class Statements {
  private Statements() {}

  /** By class and name. */
  static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    try {
      Path classes =
          Path.of(PgStore.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolve("dev/toygun/store");
      try (Stream<Path> files = Files.list(classes)) {
        for (Path file : files.filter(f -> f.toString().endsWith("Sql.class")).toList()) {
          String name = file.getFileName().toString().replace(".class", "");
          for (Field field : Class.forName("dev.toygun.store." + name).getDeclaredFields()) {
            if (field.getType() == String.class) {
              field.setAccessible(true);
              all.put(name + "." + field.getName(), (String) field.get(null));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
