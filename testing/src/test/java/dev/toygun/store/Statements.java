package dev.toygun.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every statement constant of the store: the strings of the classes whose name ends in Sql. What is
 * private there is a part of one, as is all of what says what a hold holds.
 */
final class Statements {
  private static final String FOLDER = "dev/toygun/store";

  private Statements() {}

  /** By class and name. */
  static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    try {
      for (String name : classes()) {
        for (Field field : Class.forName("dev.toygun.store." + name).getDeclaredFields()) {
          if (field.getType() == String.class && !Modifier.isPrivate(field.getModifiers())) {
            field.setAccessible(true);
            all.put(name + "." + field.getName(), (String) field.get(null));
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

  /** From a folder of classes, or, once the module is packed, from its jar. */
  private static List<String> classes() throws IOException, URISyntaxException {
    Path store = Path.of(PgStore.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(store)) {
      return classes(store.resolve(FOLDER));
    }
    try (FileSystem jar = FileSystems.newFileSystem(store)) {
      return classes(jar.getPath(FOLDER));
    }
  }

  private static List<String> classes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith("Sql.class") && !name.equals("HeldSql.class"))
          .map(name -> name.replace(".class", ""))
          .toList();
    }
  }
}
