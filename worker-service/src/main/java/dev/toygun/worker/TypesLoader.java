package dev.toygun.worker;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a jar of types and of the libraries beside it; of the worker it shows only what a
 * type may use. What is asked for in vain is told with the way to have it.
 */
final class TypesLoader extends URLClassLoader {
  private final Path jar;

  TypesLoader(Path jar, List<Path> libraries) {
    super(
        Stream.concat(Stream.of(jar), libraries.stream()).map(TypesLoader::url).toArray(URL[]::new),
        new Visible());
    this.jar = jar;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      return super.findClass(name);
    } catch (ClassNotFoundException e) {
      throw new ClassNotFoundException(
          "%s is not in %s, and of the worker a type sees only %s: put its library into the jar, or beside it into a folder of TOYGUN_TYPES_PATH"
              .formatted(name, jar, Visible.SAID),
          e);
    }
  }

  /**
   * What is said of what was thrown, for people to read: why a class was not there, where that is
   * it.
   */
  static @Nullable String message(Throwable thrown) {
    @Nullable Throwable cause = thrown.getCause();
    return thrown instanceof NoClassDefFoundError && cause instanceof ClassNotFoundException
        ? cause.getMessage()
        : thrown.getMessage();
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
    static final String SAID = "dev.toygun, Vert.x, Netty, Jackson, SLF4J and JSpecify";

    private static final List<String> PACKAGES =
        List.of("io.vertx.", "io.netty.", "com.fasterxml.jackson.", "org.slf4j.", "org.jspecify.");

    Visible() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      boolean model = name.startsWith("dev.toygun.") && name.indexOf('.', 11) < 0;
      if (model || PACKAGES.stream().anyMatch(name::startsWith)) {
        return TypesLoader.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
