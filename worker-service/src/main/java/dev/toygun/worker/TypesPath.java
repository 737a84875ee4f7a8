package dev.toygun.worker;

import dev.toygun.InvalidTypes;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.TypeSet;
import dev.toygun.codec.Codec;
import dev.toygun.schedule.Timetable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Finds resource types: on the worker's own class path, and in jars, each with a class loader of
 * its own that sees only what a type may use, so that two jars may bring the same library in two
 * versions. In a folder, jars without types are libraries of those that have some.
 */
public final class TypesPath {
  private static final String SERVICE = "META-INF/services/" + ResourceTypes.class.getName();

  private TypesPath() {}

  /** A type, and the jar and the class that it is from, for people to read. */
  private record Found(ResourceType<?> type, String jar, String name) {
    String where() {
      return "%s (%s)".formatted(jar, name);
    }
  }

  /**
   * What was loaded.
   *
   * @param from the names of the types, by what they are from: the class path, or a jar
   */
  public record Loaded(TypeSet types, SortedMap<String, List<String>> from) {}

  /**
   * Loads every type once. Blocks, so not on an event loop.
   *
   * @param path jars, or folders of jars
   * @throws IllegalArgumentException where a part of the path is not there, or holds no types, or
   *     its types cannot be made; naming the jar
   * @throws dev.toygun.InvalidTypes listing everything that is wrong with the types
   */
  public static Loaded load(List<Path> path, Setting setting) {
    List<Found> found = new ArrayList<>();
    ClassLoader own = TypesPath.class.getClassLoader();
    found.addAll(made("the class path", ServiceLoader.load(ResourceTypes.class, own), setting));
    for (Path part : path) {
      Map<Boolean, List<Path>> jars =
          jars(part).stream().collect(Collectors.partitioningBy(TypesPath::hasTypes));
      List<Path> libraries = jars.getOrDefault(false, List.of());
      List<Path> typed = jars.getOrDefault(true, List.of());
      if (typed.isEmpty() && !libraries.isEmpty()) {
        throw new IllegalArgumentException(
            part + " holds no resource types: name a class in " + SERVICE);
      }
      for (Path jar : typed) {
        found.addAll(fromJar(jar, libraries, setting));
      }
    }
    TypeSet types = checked(found);
    return new Loaded(
        types,
        found.stream()
            .collect(
                Collectors.groupingBy(
                    Found::jar,
                    TreeMap::new,
                    Collectors.mapping(
                        each -> each.type().name(),
                        Collectors.collectingAndThen(
                            Collectors.toList(), all -> all.stream().sorted().toList())))));
  }

  /**
   * What the types' own checks cannot see: whether the values of their fields can be stored, and
   * their constraints kept, and schedules read; and where two of one name are from.
   */
  private static TypeSet checked(List<Found> found) {
    List<String> problems = new ArrayList<>();
    for (Found each : found) {
      ResourceType<?> type = each.type();
      problems.addAll(Codec.problems(type));
      problems.addAll(Timetable.problems(type));
    }
    problems.addAll(twice(found));
    try {
      TypeSet set = TypeSet.of(found.stream().<ResourceType<?>>map(Found::type).toList());
      if (problems.isEmpty()) {
        return set;
      }
    } catch (InvalidTypes e) {
      problems.addAll(0, e.problems());
    }
    throw new InvalidTypes(problems);
  }

  private static List<String> twice(List<Found> found) {
    return found.stream()
        .collect(
            Collectors.groupingBy(
                each -> each.type().name(),
                TreeMap::new,
                Collectors.mapping(Found::where, Collectors.joining(", and in "))))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue().contains(", and in "))
        .map(entry -> entry.getKey() + ": there is one in " + entry.getValue())
        .toList();
  }

  private static List<Path> jars(Path part) {
    if (!Files.isDirectory(part)) {
      if (!Files.exists(part)) {
        throw new IllegalArgumentException(
            "TOYGUN_TYPES_PATH names " + part + ", and there is no such file or folder");
      }
      if (!Files.isReadable(part)) {
        throw new IllegalArgumentException(
            "TOYGUN_TYPES_PATH names " + part + ", which cannot be read");
      }
      return List.of(part);
    }
    try (Stream<Path> files = Files.list(part)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasTypes(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry(SERVICE) != null;
    } catch (IOException e) {
      throw new IllegalArgumentException(jar + " is no jar: " + e.getMessage(), e);
    }
  }

  private static List<Found> fromJar(Path jar, List<Path> libraries, Setting setting) {
    // The loader lives as long as the types do: as long as the process.
    TypesLoader loader = new TypesLoader(jar, libraries);
    List<Found> found =
        made(jar.toString(), ServiceLoader.load(ResourceTypes.class, loader), setting);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          jar + " holds no resource types: name a class in " + SERVICE);
    }
    return found;
  }

  private static List<Found> made(
      String where, ServiceLoader<ResourceTypes> services, Setting setting) {
    List<Found> found = new ArrayList<>();
    try {
      for (ServiceLoader.Provider<ResourceTypes> provider : services.stream().toList()) {
        String name = provider.type().getName();
        for (ResourceType<?> type : made(where, name, provider, setting)) {
          found.add(new Found(type, where, name));
        }
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException(
          "%s cannot be used: %s; see its %s".formatted(where, e.getMessage(), SERVICE), e);
    }
    return found;
  }

  private static List<ResourceType<?>> made(
      String where, String name, ServiceLoader.Provider<ResourceTypes> provider, Setting setting) {
    try {
      return provider.get().types(setting);
    } catch (RuntimeException | LinkageError e) {
      throw failed(where, name, e);
    } catch (ServiceConfigurationError e) {
      throw failed(where, name, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static IllegalArgumentException failed(String where, String name, Throwable thrown) {
    return new IllegalArgumentException(
        "%s in %s cannot start: %s: %s"
            .formatted(name, where, thrown.getClass().getName(), TypesLoader.message(thrown)),
        thrown);
  }
}
