package dev.toygun.worker;

import dev.toygun.InvalidTypes;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.codec.Codec;
import dev.toygun.schedule.Timetable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Finds resource types: on the worker's own class path, and in jars, each with a class loader of
 * its own that sees only what a type may use, so that two jars may bring the same library in two
 * versions.
 */
public final class TypesPath {
  private TypesPath() {}

  /**
   * Loads every type once. Blocks, so not on an event loop.
   *
   * @param path jars, or folders of jars
   * @throws IllegalArgumentException where a part of the path is not there, or holds no types
   * @throws dev.toygun.InvalidTypes listing everything that is wrong with the types
   */
  public static TypeSet load(List<Path> path, Setting setting) {
    List<ResourceType<?>> types = new ArrayList<>();
    ServiceLoader.load(ResourceTypes.class).forEach(found -> types.addAll(found.types(setting)));
    for (Path part : path) {
      for (Path jar : jars(part)) {
        types.addAll(fromJar(jar, setting));
      }
    }
    return checked(types);
  }

  /**
   * What the types' own checks cannot see: whether the values of their fields can be stored, and
   * schedules read.
   */
  private static TypeSet checked(List<ResourceType<?>> types) {
    List<String> problems = new ArrayList<>();
    for (ResourceType<?> type : types) {
      problems.addAll(Codec.problems(type.name(), type.fields()));
      for (TaskType<?> task : type.tasks()) {
        problems.addAll(Codec.problems(type.name() + "/" + task.name(), task.fields()));
      }
      problems.addAll(Timetable.problems(type));
    }
    try {
      TypeSet set = TypeSet.of(types);
      if (problems.isEmpty()) {
        return set;
      }
    } catch (InvalidTypes e) {
      problems.addAll(0, e.problems());
    }
    throw new InvalidTypes(problems);
  }

  private static List<Path> jars(Path part) {
    if (!Files.isDirectory(part)) {
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

  private static List<ResourceType<?>> fromJar(Path jar, Setting setting) {
    List<ResourceType<?>> types = new ArrayList<>();
    // The loader lives as long as the types do: as long as the process.
    @SuppressWarnings("resource")
    URLClassLoader loader = new URLClassLoader(new URL[] {url(jar)}, new Visible());
    ServiceLoader.load(ResourceTypes.class, loader).stream()
        .filter(provider -> provider.type().getClassLoader() == loader)
        .forEach(provider -> types.addAll(provider.get().types(setting)));
    if (types.isEmpty()) {
      throw new IllegalArgumentException(
          jar
              + " holds no resource types: name a class in META-INF/services/"
              + ResourceTypes.class.getName());
    }
    return types;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar + " is no jar", e);
    }
  }

  /** What a jar of types sees of the worker: the model, Vert.x, Netty, Jackson and SLF4J. */
  private static final class Visible extends ClassLoader {
    private static final List<String> PACKAGES =
        List.of("io.vertx.", "io.netty.", "com.fasterxml.jackson.", "org.slf4j.", "org.jspecify.");

    Visible() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      boolean model = name.startsWith("dev.toygun.") && name.indexOf('.', 11) < 0;
      if (model || PACKAGES.stream().anyMatch(name::startsWith)) {
        return TypesPath.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
